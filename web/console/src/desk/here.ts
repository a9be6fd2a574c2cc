/** Colleagues to whom a talk can be given, or who can be asked: those who are signed in. Pure. */

import type { Named, OnDuty, Talk } from "@dryfly/words"

export interface Here extends Named {
  readonly isReady: boolean
}

/** By name, without `but`. */
export function colleaguesHere(
  agents: readonly Named[],
  on_duty: readonly OnDuty[],
  but: ReadonlySet<string | null>,
): readonly Here[] {
  const presences = new Map(on_duty.map(({ agent, presence }) => [agent, presence]))
  return agents
    .filter(({ id }) => presences.has(id) && !but.has(id))
    .map(({ id, title }) => ({ id, title, isReady: presences.get(id) === "ready" }))
    .sort((one, other) => one.title.localeCompare(other.title))
}

/** Who takes part in the talk may be given it while they are away; anybody else has to be ready. */
export const mayBeGiven = ({ id, isReady }: Here, { participants }: Talk): boolean =>
  isReady || participants.some(({ agent, role }) => agent === id && role !== "listening")
