import { expect, test } from "vitest"
import type { Entries, Entry } from "../src/setup/draft"
import { askedBy, lackingFor, NOBODY, reachOf, standings } from "../src/setup/skills"

const agent = (id: string, skills: Record<string, number>): Entry => ({ id, name: id, spec: { skills } })
const need = (skill: string, level_min: number) => ({ skill, level_min, firm: false })
const queue = (id: string, requirement: readonly Entry[], relaxations: readonly Entry[] = []): Entry => ({
  id,
  spec: { requirement, relaxations },
})
const entries = (...all: readonly Entry[]): Entries => Object.fromEntries(all.map((one) => [String(one.id), one]))

const AGENTS = entries(agent("ada", { billing: 7, french: 3 }), agent("ben", { billing: 2 }), agent("cem", {}))
const LESS = { after_s: 60, levels: [need("billing", 2)], backup: [need("sales", 1)] }

test("of each skill it is told how many have it, and which queues need how much", () => {
  const told = standings(AGENTS, entries(queue("money", [need("billing", 5)]), queue("paris", [need("french", 4)])))
  expect(told.get("billing")).toEqual({ have: 2, highest: 7, needs: [{ queue: "money", level: 5, able: 1 }] })
  expect(lackingFor(told.get("french") ?? NOBODY)).toEqual([{ queue: "paris", level: 4, able: 0 }])
})

test("a skill of a back-up group is needed too, and nobody may have it at all", () => {
  const told = standings(AGENTS, entries(queue("money", [need("billing", 5)], [LESS])))
  expect(told.get("sales")).toEqual({ have: 0, highest: 0, needs: [{ queue: "money", level: 1, able: 0 }] })
  expect([...askedBy(queue("money", [need("sales", 6)], [LESS]))]).toEqual([["sales", 1]])
})

test("who may serve a queue is counted at once and when it has asked for less", () => {
  expect(reachOf(queue("money", [need("billing", 5)], [LESS]), AGENTS)).toEqual({ first: 1, last: 2 })
  expect(reachOf(queue("all", []), AGENTS)).toEqual({ first: 3, last: 3 })
})

test("five hundred agents and thirty skills are told in a moment", () => {
  const many = Array.from({ length: 500 }, (_, n) => agent(`a${n}`, { [`s${n % 30}`]: (n % 10) + 1 }))
  const queues = Array.from({ length: 30 }, (_, n) => queue(`q${n}`, [need(`s${n}`, 3)]))
  const told = standings(entries(...many), entries(...queues))
  expect([...told.values()].reduce((sum, { have }) => sum + have, 0)).toBe(500)
})
