/** What the skills matrix tells of each skill: how many have it, which queues need it, and who is lacking. Pure. */

import type { Relaxation, SkillNeed } from "@dryfly/words"
import { type Entries, type Entry, valueAt } from "./draft"
import { LEVEL_MAX, reach } from "./routing"

export interface NeededBy {
  readonly queue: string
  /** The least level that it asks of the skill. */
  readonly level: number
  /** How many agents have so much of it. */
  readonly able: number
}

export interface SkillStanding {
  readonly have: number
  /** The highest level that anybody has; 0: nobody has it. */
  readonly highest: number
  readonly needs: readonly NeededBy[]
}

type Skills = Readonly<Record<string, number>>

export const skillsOf = (agent: Entry): Skills => (valueAt(agent, ["spec", "skills"]) ?? {}) as unknown as Skills
export const needsOf = (queue: Entry): readonly SkillNeed[] =>
  (valueAt(queue, ["spec", "requirement"]) ?? []) as unknown as readonly SkillNeed[]
export const stepsOf = (queue: Entry): readonly Relaxation[] =>
  (valueAt(queue, ["spec", "relaxations"]) ?? []) as unknown as readonly Relaxation[]

/** Everything that a queue asks for: at once, or of a back-up group. Each skill with the least level asked. */
export function askedBy(queue: Entry): ReadonlyMap<string, number> {
  const asked = new Map<string, number>()
  for (const { skill, level_min } of [...needsOf(queue), ...stepsOf(queue).flatMap(({ backup }) => backup)])
    asked.set(skill, Math.min(asked.get(skill) ?? LEVEL_MAX, level_min))
  return asked
}

/** One pass over the agents and one over the queues. */
export function standings(agents: Entries, queues: Entries): ReadonlyMap<string, SkillStanding> {
  const levels = new Map<string, number[]>()
  for (const agent of Object.values(agents))
    for (const [skill, level] of Object.entries(skillsOf(agent))) {
      const counts = levels.get(skill) ?? new Array<number>(LEVEL_MAX + 1).fill(0)
      counts[level] = (counts[level] ?? 0) + 1
      levels.set(skill, counts)
    }
  const needs = new Map<string, NeededBy[]>()
  for (const [id, queue] of Object.entries(queues))
    for (const [skill, level] of askedBy(queue)) {
      const known = needs.get(skill) ?? []
      needs.set(skill, [...known, { queue: id, level, able: haveAtLeast(levels.get(skill), level) }])
    }
  const all = new Set([...levels.keys(), ...needs.keys()])
  return new Map([...all].map((skill) => [skill, standing(levels.get(skill), needs.get(skill))]))
}

export const NOBODY: SkillStanding = { have: 0, highest: 0, needs: [] }

const standing = (counts: readonly number[] | undefined, needs: readonly NeededBy[] = []): SkillStanding => ({
  have: haveAtLeast(counts, 1),
  highest: Math.max(0, counts?.findLastIndex((count) => count > 0) ?? 0),
  needs,
})

const haveAtLeast = (counts: readonly number[] | undefined, level: number): number =>
  counts?.slice(level).reduce((sum, count) => sum + count, 0) ?? 0

/** The queues for which nobody has enough of it. */
export const lackingFor = ({ needs }: SkillStanding): readonly NeededBy[] => needs.filter(({ able }) => able === 0)

/** How many agents may serve the queue at once, and once everything in it has relaxed. */
export function reachOf(queue: Entry, agents: Entries): { readonly first: number; readonly last: number } {
  const counts = reach(Object.values(agents).map(skillsOf), needsOf(queue), stepsOf(queue))
  return { first: counts[0] ?? 0, last: counts.at(-1) ?? 0 }
}
