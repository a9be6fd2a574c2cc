/** Who could serve a queue, step by step, as `floor/relaxing.py` decides it; and rows of steps and rules. Pure. */

import type { OverflowRule, Relaxation, SkillNeed } from "@dryfly/words"

export type Needs = readonly SkillNeed[]
export type Steps = readonly Relaxation[]
export type Rules = readonly OverflowRule[]
type Skills = Readonly<Record<string, number>>

export const LEVEL_MAX = 10

const suffices = (skills: Skills, needs: Needs) => needs.every((need) => (skills[need.skill] ?? 0) >= need.level_min)

/** Never raised, and firm needs stay as they are; level 0 drops the skill. */
function lowered(needs: Needs, levels: Needs): Needs {
  const asked = new Map(levels.map((level) => [level.skill, level.level_min]))
  return needs
    .map((need) =>
      need.firm ? need : { ...need, level_min: Math.min(need.level_min, asked.get(need.skill) ?? need.level_min) },
    )
    .filter((need) => need.level_min > 0)
}

/** What is asked from the start (0), or once so many steps have come. */
export const askedAt = (requirement: Needs, steps: Steps, step: number): Needs =>
  steps.slice(0, step).reduce((needs, { levels }) => lowered(needs, levels), requirement)

/** The level of a skill before a step; what the requirement does not name may be asked by a contact itself. */
export function levelBefore(requirement: Needs, steps: Steps, step: number, skill: string): number {
  const told = steps.slice(0, step).findLast(({ levels }) => levels.some((level) => level.skill === skill))
  const needs = told?.levels ?? requirement
  return needs.find((need) => need.skill === skill)?.level_min ?? LEVEL_MAX
}

/** The first step (0: none) at which these skills suffice; null: never. */
export function firstStep(skills: Skills, requirement: Needs, steps: Steps): number | null {
  if (suffices(skills, requirement)) return 0
  const firm = requirement.filter((need) => need.firm)
  const found = steps.findIndex(({ backup }, index) => {
    const isBackup = backup.length > 0 && suffices(skills, [...backup, ...firm])
    return isBackup || suffices(skills, askedAt(requirement, steps, index + 1))
  })
  return found < 0 ? null : found + 1
}

/** How many agents may serve it from the start, and once each step has come. */
export function reach(agents: readonly Skills[], requirement: Needs, steps: Steps): readonly number[] {
  const counts = new Array<number>(steps.length + 1).fill(0)
  for (const skills of agents) {
    const first = firstStep(skills, requirement, steps)
    if (first !== null) counts[first] = (counts[first] ?? 0) + 1
  }
  let sum = 0
  return counts.map((count) => {
    sum += count
    return sum
  })
}

// ---- rows --------------------------------------------------------------------------------------

const FIRST_S = 60

export const withStep = (steps: Steps): Steps => [
  ...steps,
  { after_s: (steps.at(-1)?.after_s ?? 0) + FIRST_S, levels: [], backup: [] },
]

/** The step with one skill at another level; at the level from before it says nothing of it. */
export function withLevel(step: Relaxation, skill: string, level: number, before: number): Relaxation {
  const others = step.levels.filter((need) => need.skill !== skill)
  return { ...step, levels: level === before ? others : [...others, { skill, level_min: level, firm: false }] }
}

export const replaced = <T>(list: readonly T[], index: number, changed: T): readonly T[] =>
  list.map((one, other) => (other === index ? changed : one))

export const without = <T>(list: readonly T[], index: number): readonly T[] =>
  list.filter((_, other) => other !== index)

/** One place further up. */
export function raised<T>(list: readonly T[], index: number): readonly T[] {
  const [above, one] = [list[index - 1], list[index]]
  if (above === undefined || one === undefined) return list
  return replaced(replaced(list, index, above), index - 1, one)
}

const LIMITS: Readonly<Record<OverflowRule["when"], number>> = { length: 20, estimate: 300, wait: 300, closed: 0 }

/** The rule with another beginning or end; what does not go with it any more is set to what is usual. */
export function turned(rule: OverflowRule, changed: Partial<OverflowRule>, queues: readonly string[]): OverflowRule {
  const next = { ...rule, ...changed }
  const limit = next.when === rule.when ? next.limit : LIMITS[next.when]
  return { ...next, limit, queue: next.to === "queue" ? (next.queue ?? queues[0] ?? null) : null }
}
