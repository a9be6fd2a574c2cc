/** Call backs, without a screen: where each stands, and who could call now. Pure. */

import type { AgentLine, Talk } from "@dryfly/words"

/** A call is kept until half an hour after the time agreed (`insight/fold.py`). */
export const KEPT_WITHIN_MS = 30 * 60_000

/**
 * `ahead`, `due`, `late`: of one with a time. `in_turn`, `behind`: of one in line, before and after the queue's target.
 * `ms`: until then, or since.
 */
export interface CallStanding {
  readonly is: "offered" | "ahead" | "due" | "late" | "in_turn" | "behind"
  readonly ms: number
}

export function standingOf({ state, call, due_at }: Talk, now: number): CallStanding {
  if (state === "offered") return { is: "offered", ms: 0 }
  const at = call?.at ?? null
  if (at !== null && now < at) return { is: "ahead", ms: at - now }
  if (at !== null) return { is: now - at > KEPT_WITHIN_MS ? "late" : "due", ms: now - at }
  const over = now - (due_at ?? now)
  return { is: over > 0 ? "behind" : "in_turn", ms: Math.abs(over) }
}

const isReady = ({ presence }: AgentLine) => presence === "ready"
const room = ({ units, units_max }: AgentLine) => units_max - units

/** Who is here and has the queue's skills: the ready before the away, the least loaded first. */
export const callers = (agents: readonly AgentLine[], queue: string | null): readonly AgentLine[] =>
  agents
    .filter(
      ({ connected, presence, queues }) =>
        connected && presence !== "offline" && (queue === null || queues.includes(queue)),
    )
    .toSorted(
      (one, other) =>
        Number(isReady(other)) - Number(isReady(one)) || room(other) - room(one) || one.name.localeCompare(other.name),
    )
