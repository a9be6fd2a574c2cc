import type { Talk } from "@dryfly/words"
import { expect, test } from "vitest"
import { type Action, matching } from "../src/actions"
import { groupsFor, type Item, withRecent } from "../src/parts/commandItems"

const action = (id: string, title: string): Action => ({ id, title, run: () => undefined })
const ACTIONS = [action("away", "Be away: lunch"), action("floor", "Go to floor"), action("note", "Write a note")]
const TALKS = [{ contact: "A", customer_name: "Ana", need_title: "Return", last_text: "broken" } as unknown as Talk]
const known = { actions: ACTIONS, talks: TALKS, recent: [] as Item[], page: null }
const ids = (typed: string, more = {}) =>
  groupsFor(typed, { ...known, ...more }).map(({ name, items }) => [name, items.map(({ id }) => id)])

test("actions are found by every word, those that begin with it first", () => {
  expect(matching(ACTIONS, "lunch be").map(({ id }) => id)).toEqual(["away"])
  expect(matching([action("a", "Take note"), action("b", "Note it")], "note").map(({ id }) => id)).toEqual(["b", "a"])
  expect(matching(ACTIONS, "lunch floor")).toEqual([])
})

test("with nothing typed: what was done lately, one's talks, and what can be done; each once", () => {
  const recent = withRecent(withRecent([], { is: "action", id: "action note", action: ACTIONS[2] as Action }), {
    is: "mine",
    id: "talk A",
    talk: TALKS[0] as Talk,
  })
  expect(ids("", { recent })).toEqual([
    ["recent", ["talk A", "action note"]],
    ["actions", ["action away", "action floor"]],
  ])
})

test("what cannot be done any more is not offered as done lately", () => {
  const recent: Item[] = [{ is: "action", id: "action gone", action: action("gone", "Gone") }]
  expect(ids("", { recent }).map(([name]) => name)).toEqual(["mine", "actions"])
})

test("one's own talks come before what the server finds, and not twice", () => {
  const page = { customers: [], talks: [{ talk: { contact: "A" } }, { talk: { contact: "B" } }], next: "x", cut: false }
  expect(ids("broken", { page })).toEqual([
    ["mine", ["talk A"]],
    ["talks", ["talk B", "more"]],
  ])
  expect(ids("nothing like it")).toEqual([])
})
