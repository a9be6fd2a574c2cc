import type { AgentLine } from "@dryfly/words"
import { expect, test } from "vitest"
import { byAttention, needOf } from "../src/floor/attention"

const agent = (name: string, about: Partial<AgentLine> = {}): AgentLine => ({
  agent: name,
  name,
  team: "",
  presence: "ready",
  reason: null,
  since: 0,
  connected: true,
  lost_until: null,
  units: 0,
  units_max: 100,
  talks_count: 0,
  overdue_count: 0,
  over_at: null,
  queues: [],
  ...about,
})

test("who needs a supervisor comes first, the others by presence and name", () => {
  const agents = [
    agent("Zoe"),
    agent("Off", { presence: "offline" }),
    agent("Break", { presence: "away", over_at: 50 }),
    agent("Late", { overdue_count: 1 }),
    agent("Lost", { connected: false, lost_until: 200 }),
    agent("Ann"),
  ]
  expect(byAttention(agents, 100).map(({ name }) => name)).toEqual(["Lost", "Late", "Break", "Ann", "Zoe", "Off"])
})

test("a break is over-long from its limit on, and who is signed out needs nobody", () => {
  const onBreak = agent("Karl", { presence: "away", over_at: 100 })
  expect(needOf(onBreak, 99)).toBeNull()
  expect(needOf(onBreak, 100)).toBe("over")
  expect(needOf(agent("Off", { presence: "offline", overdue_count: 2 }), 0)).toBeNull()
})
