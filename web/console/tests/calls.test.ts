import type { AgentLine, Talk } from "@dryfly/words"
import { expect, test } from "vitest"
import { callers, KEPT_WITHIN_MS, standingOf } from "../src/floor/calls"
import { basis } from "../src/floor/words"

const NOW = 1_000_000_000
const talk = (at: number | null, more: Partial<Talk> = {}): Talk =>
  ({ state: "callback", due_at: NOW + 5_000, call: { at, attempts: 0, attempts_max: 2 }, ...more }) as Talk
const agent = (name: string, more: Partial<AgentLine> = {}): AgentLine =>
  ({
    agent: name,
    name,
    presence: "ready",
    connected: true,
    units: 0,
    units_max: 100,
    queues: ["help"],
    ...more,
  }) as AgentLine

test("a call at a time is ahead, then due, and late when the promise cannot be kept any more", () => {
  expect(standingOf(talk(NOW + 1_000), NOW)).toEqual({ is: "ahead", ms: 1_000 })
  expect(standingOf(talk(NOW), NOW)).toEqual({ is: "due", ms: 0 })
  expect(standingOf(talk(NOW - KEPT_WITHIN_MS), NOW).is).toBe("due")
  expect(standingOf(talk(NOW - KEPT_WITHIN_MS - 1), NOW).is).toBe("late")
})

test("a call in turn stands in line, before or after the target of its queue", () => {
  expect(standingOf(talk(null, { state: "waiting" }), NOW)).toEqual({ is: "in_turn", ms: 5_000 })
  expect(standingOf(talk(null, { state: "waiting" }), NOW + 8_000)).toEqual({ is: "behind", ms: 3_000 })
  expect(standingOf(talk(null, { state: "offered" }), NOW).is).toBe("offered")
})

test("who is here and may serve the queue can call: the ready and least loaded first", () => {
  const all = [
    agent("away", { presence: "away" }),
    agent("busy", { units: 75 }),
    agent("free"),
    agent("lost", { connected: false }),
    agent("out", { presence: "offline" }),
    agent("elsewhere", { queues: ["sales"] }),
  ]
  expect(callers(all, "help").map(({ agent }) => agent)).toEqual(["free", "busy", "away"])
  expect(callers(all, null)).toHaveLength(4)
})

test("a supervisor reads whether an estimate was learned, and from how much", () => {
  expect(basis({ learned_days: null })).toBe("by the rule of queue length")
  expect(basis({ learned_days: 1 })).toBe("learned from 1 day")
  expect(basis({ learned_days: 14 })).toBe("learned from 14 days")
  expect(basis({ learned_days: 0 })).toBe("learned here")
})
