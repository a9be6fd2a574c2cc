/** What each kind of entry is made of, as the screens show it. Labels and explanations stand in the catalogue. */

import type { Kind } from "./draft"

export interface FieldSpec {
  /** Within the entry: "spec.target_s". Also the key of its words. */
  readonly path: string
  readonly is:
    | "text"
    | "area"
    | "number"
    | "seconds"
    | "switch"
    | "one"
    | "many"
    | "needs"
    | "channels"
    | "words"
    | "policy"
    | "measure"
    | "decimal"
    | "relaxations"
    | "overflow"
  /** The kind that `one` and `many` choose from. */
  readonly of?: Kind
  readonly max?: number
  readonly min?: number
  /** May be empty, which means something of its own. */
  readonly isOptional?: boolean
}

export interface GroupSpec {
  readonly title: string
  readonly fields: readonly FieldSpec[]
}

const TITLE: FieldSpec = { path: "title", is: "text", max: 120 }
const PURPOSE: FieldSpec = { path: "purpose", is: "area", max: 2_000 }
const TEAM: FieldSpec = { path: "team", is: "one", of: "teams", isOptional: true }
const QUEUES: FieldSpec = { path: "queues", is: "many", of: "queues" }
const seconds = (path: string, more: Partial<FieldSpec> = {}): FieldSpec => ({
  path: `spec.${path}`,
  is: "seconds",
  min: 0,
  ...more,
})

const ALERT: readonly FieldSpec[] = [
  TITLE,
  { path: "measure", is: "measure" },
  { path: "raise_at", is: "decimal" },
  { path: "clear_at", is: "decimal" },
  { path: "for_s", is: "seconds", min: 0 },
  { path: "whole_site", is: "switch" },
  QUEUES,
]

export const GROUPS: Readonly<Record<Kind, readonly GroupSpec[]>> = {
  teams: [{ title: "group.what", fields: [TITLE] }],
  skills: [{ title: "group.what", fields: [TITLE, PURPOSE] }],
  dispositions: [{ title: "group.what", fields: [TITLE, QUEUES] }],
  "presence-reasons": [
    { title: "group.what", fields: [TITLE, { path: "limit_s", is: "seconds", min: 1, isOptional: true }] },
  ],
  replies: [
    {
      title: "group.what",
      fields: [TITLE, { path: "text", is: "area", max: 2_000 }, QUEUES, { path: "needs", is: "words" }],
    },
  ],
  alerts: [{ title: "group.what", fields: ALERT }],
  agents: [
    {
      title: "group.what",
      fields: [
        { path: "name", is: "text", max: 120 },
        { path: "display_name", is: "text", max: 120, isOptional: true },
        TEAM,
      ],
    },
    {
      title: "group.load",
      fields: [
        { path: "spec.channels", is: "channels" },
        { path: "spec.capacity_units", is: "number", min: 0 },
        { path: "spec.auto_accept", is: "switch" },
        seconds("wrap_up_s", { isOptional: true }),
      ],
    },
  ],
  queues: [
    { title: "group.what", fields: [TITLE, PURPOSE, TEAM] },
    {
      title: "group.who",
      fields: [
        { path: "spec.requirement", is: "needs" },
        { path: "spec.choice", is: "policy" },
        { path: "spec.relaxations", is: "relaxations" },
      ],
    },
    {
      title: "group.wait",
      fields: [
        seconds("target_s"),
        seconds("service_level_s"),
        seconds("short_abandon_s"),
        { path: "spec.waiting_max", is: "number", min: 0 },
        seconds("owner_patience_s"),
        seconds("sticky_s"),
      ],
    },
    { title: "group.overflow", fields: [{ path: "spec.overflow", is: "overflow" }] },
    {
      title: "group.callback",
      fields: [
        { path: "spec.callback_attempts_max", is: "number", min: 0 },
        seconds("callback_retry_s"),
        { path: "spec.callback_slots_max", is: "number", min: 0 },
      ],
    },
    {
      title: "group.offer",
      fields: [
        { path: "spec.ring", is: "number", min: 1 },
        seconds("offer_timeout_s", { min: 1 }),
        seconds("miss_cooldown_s"),
        seconds("decline_cooldown_s"),
        seconds("fail_cooldown_s"),
        { path: "spec.misses_to_away", is: "number", min: 1 },
      ],
    },
    {
      title: "group.talk",
      fields: [
        seconds("reply_clock_s", { isOptional: true }),
        seconds("reply_grace_s"),
        seconds("park_after_s"),
        seconds("parked_close_s"),
        seconds("wrap_up_s"),
      ],
    },
  ],
}

/** `floor/policies.py`. */
export const POLICIES = ["least_sufficient", "least_loaded", "longest_idle"] as const
/** `setup/alerts.py`. */
export const MEASURES = ["waiting", "oldest_s", "service_level", "abandoned_share", "overdue", "nobody_ready"] as const
/** What a canned reply may be filled with. */
export const REPLY_FIELDS = ["customer", "agent", "order"] as const
