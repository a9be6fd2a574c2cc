import type { Me, StoryTalk, Talk } from "@dryfly/words"
import { expect, test } from "vitest"
import { alsoOpen, candidates, mayMerge } from "../src/desk/merging"

const talk = (contact: string, more: Partial<Talk> = {}) =>
  ({
    contact,
    channel: "web",
    state: "active",
    opened_at: 1,
    owner: "A",
    customer: "C",
    customer_name: "",
    need_title: "",
    ...more,
  }) as unknown as Talk
const told = (contact: string, more: Partial<StoryTalk> = {}) =>
  ({
    contact,
    channel: "web",
    opened_at: 2,
    closed_at: null,
    main: null,
    need_title: "",
    ...more,
  }) as unknown as StoryTalk
const me = { agent: "A", role: "agent" } as unknown as Me
const names = (others: readonly { contact: string }[]) => others.map(({ contact }) => contact)

test("what is open with the customer is offered, not what is over or merged already", () => {
  const story = [told("B"), told("K"), told("X", { closed_at: 9 }), told("Y", { main: "K" })]
  expect(names(alsoOpen(talk("K"), story))).toEqual(["B"])
})

test("talks of my own are offered too, where somebody is not known yet, and want a confirming word", () => {
  const mine = [
    talk("V", { customer: null, opened_at: 5 }),
    talk("S", { customer: "D" }),
    talk("O", { owner: "B", customer: null }),
  ]
  const others = candidates(talk("K"), [told("B")], mine, me)
  expect(others.map(({ contact, isKnown }) => [contact, isKnown])).toEqual([
    ["V", false],
    ["B", true],
  ])
})

test("who serves the talk merges into it, and supervisors", () => {
  expect(mayMerge(talk("K"), me)).toBe(true)
  expect(mayMerge(talk("K", { owner: "B" }), me)).toBe(false)
  expect(mayMerge(talk("K", { owner: "B" }), { ...me, role: "supervisor" })).toBe(true)
  expect(mayMerge(talk("K", { state: "wrap_up" }), me)).toBe(false)
})
