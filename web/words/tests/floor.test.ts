import fc from "fast-check"
import { expect, test } from "vitest"
import { EMPTY_FLOOR, type FloorView, reduceFloor } from "../src/floor"
import type { AgentLine, QueueLine } from "../src/generated"

const counts = {
  open_count: 0,
  with_bot_count: 0,
  waiting_count: 0,
  served_count: 0,
  overdue_count: 0,
  calls_count: 0,
  next_call_at: null,
}

const queue = (id: string, waiting_count: number): QueueLine => ({
  queue: id,
  title: id,
  target_s: 60,
  waiting_count,
  oldest_since: null,
  overdue_count: 0,
  agents_ready_count: 0,
  agents_on_count: 0,
  expected: null,
  shut: null,
})

const agent = (id: string, talks_count: number): AgentLine => ({
  agent: id,
  name: id,
  team: "",
  presence: "ready",
  reason: null,
  since: 0,
  connected: true,
  lost_until: null,
  units: 0,
  units_max: 100,
  talks_count,
  overdue_count: 0,
  over_at: null,
  queues: [],
})

type Floor = { queues: Record<string, number>; agents: Record<string, number> }
const lines = ({ queues, agents }: Floor) => ({
  queues: Object.entries(queues).map(([id, count]) => queue(id, count)),
  agents: Object.entries(agents).map(([id, count]) => agent(id, count)),
})

const whole = (floor: Floor) => ({ is: "board" as const, at: 1, whole: true, counts, gone: [], ...lines(floor) })

/** What the server sends when the floor was so, and is so now (`desk/floor_feed.py`). */
function changes(before: Floor, after: Floor) {
  const differing = (one: Record<string, number>, other: Record<string, number>) =>
    Object.fromEntries(Object.entries(other).filter(([id, count]) => one[id] !== count))
  const missing = (one: object, other: object) => Object.keys(one).filter((id) => !(id in other))
  return {
    is: "board" as const,
    at: 2,
    whole: false,
    counts,
    gone: [...missing(before.queues, after.queues), ...missing(before.agents, after.agents)],
    ...lines({ queues: differing(before.queues, after.queues), agents: differing(before.agents, after.agents) }),
  }
}

const sorted = (view: FloorView) => ({
  queues: [...(view.board?.queues ?? [])].sort((a, b) => a.queue.localeCompare(b.queue)),
  agents: [...(view.board?.agents ?? [])].sort((a, b) => a.agent.localeCompare(b.agent)),
})

const some = (prefix: string) =>
  fc.dictionary(fc.constantFrom(`${prefix}1`, `${prefix}2`, `${prefix}3`, `${prefix}4`), fc.nat(3), {
    noNullPrototype: true,
  })
const aFloor = fc.record({ queues: some("q"), agents: some("a") })

test("an old board and its changes are the fresh board", () => {
  fc.assert(
    fc.property(fc.array(aFloor, { minLength: 1, maxLength: 8 }), (floors) => {
      let view = reduceFloor(EMPTY_FLOOR, whole(floors[0]!))
      for (let n = 1; n < floors.length; n++) view = reduceFloor(view, changes(floors[n - 1]!, floors[n]!))
      expect(sorted(view)).toEqual(sorted(reduceFloor(EMPTY_FLOOR, whole(floors.at(-1)!))))
    }),
  )
})

test("changes without a board wait for a whole one", () => {
  const floor = { queues: { q1: 1 }, agents: {} }
  expect(reduceFloor(EMPTY_FLOOR, changes({ queues: {}, agents: {} }, floor)).board).toBeNull()
})

test("what did not change is the same list", () => {
  const floor = { queues: { q1: 1 }, agents: { a1: 1 } }
  const view = reduceFloor(EMPTY_FLOOR, whole(floor))
  const next = reduceFloor(view, changes(floor, { ...floor, queues: { q1: 2 } }))
  expect(next.board?.agents).toBe(view.board?.agents)
  expect(next.board?.queues[0]?.waiting_count).toBe(2)
})
