import type { Relaxation, SkillNeed } from "@dryfly/words"
import { describe, expect, it } from "vitest"
import { askedAt, firstStep, levelBefore, raised, reach, turned, withLevel, withStep } from "../src/setup/routing"

const need = (skill: string, level_min: number, firm = false): SkillNeed => ({ skill, level_min, firm })
const step = (after_s: number, levels: SkillNeed[], backup: SkillNeed[] = []): Relaxation => ({
  after_s,
  levels,
  backup,
})

const REQUIREMENT = [need("billing", 5), need("english", 1, true)]
const STEPS = [step(30, [need("billing", 3)]), step(60, [need("billing", 0)]), step(90, [], [need("sales", 2)])]

describe("who may serve a queue as a customer waits", () => {
  it("counts each agent from the first step at which they suffice", () => {
    const agents: Record<string, number>[] = [
      { billing: 7, english: 3 },
      { billing: 3, english: 1 },
      { english: 1 },
      { sales: 2 }, // not without English, which is firm
      { billing: 9 },
    ]
    expect(reach(agents, REQUIREMENT, STEPS)).toEqual([1, 2, 3, 3])
    expect(firstStep({ billing: 9 }, REQUIREMENT, STEPS)).toBeNull()
  })

  it("takes whoever has the back-up skills and what is firm", () => {
    const steps = [step(30, [], [need("sales", 2)])]
    expect(firstStep({ sales: 2, english: 1 }, REQUIREMENT, steps)).toBe(1)
    expect(firstStep({ sales: 2 }, REQUIREMENT, steps)).toBeNull()
  })

  it("asks for what all steps so far left over", () => {
    expect(askedAt(REQUIREMENT, STEPS, 1)).toEqual([need("billing", 3), need("english", 1, true)])
    expect(askedAt(REQUIREMENT, STEPS, 2)).toEqual([need("english", 1, true)])
    expect(levelBefore(REQUIREMENT, STEPS, 1, "billing")).toBe(3)
    expect(levelBefore(REQUIREMENT, STEPS, 0, "billing")).toBe(5)
  })

  it("never asks for more, whatever a step says", () => {
    expect(askedAt(REQUIREMENT, [step(30, [need("billing", 9), need("english", 0)])], 1)).toEqual(REQUIREMENT)
  })
})

describe("rows", () => {
  it("a step comes a minute after the last one", () => {
    expect(withStep([]).at(-1)?.after_s).toBe(60)
    expect(withStep(STEPS).at(-1)?.after_s).toBe(150)
  })

  it("a level as before says nothing", () => {
    expect(withLevel(step(30, []), "billing", 5, 5).levels).toEqual([])
    expect(withLevel(step(30, []), "billing", 2, 5).levels).toEqual([need("billing", 2)])
  })

  it("a rule that turns takes what is usual, and a queue only where it goes to one", () => {
    const rule = { when: "length", to: "queue", limit: 7, queue: "b" } as const
    expect(turned(rule, { when: "wait" }, ["a"])).toEqual({ ...rule, when: "wait", limit: 300 })
    expect(turned(rule, { to: "bot" }, ["a"])).toEqual({ ...rule, to: "bot", queue: null })
    expect(turned({ ...rule, queue: null }, {}, ["a"]).queue).toBe("a")
    expect(raised(["x", "y"], 1)).toEqual(["y", "x"])
  })
})
