import { expect, test } from "vitest"
import { type DeskFrame, type DeskView, EMPTY_DESK, reduceDesk, toFetch } from "../src/desk"
import type { CustomerPanel, DeskPush, Talk, TalkPage } from "../src/generated"

const talk = (contact: string, customer: string | null) =>
  ({ contact, customer, state: "active", unread_count: 0, merged: [] }) as unknown as Talk
const panel = (customer: string, ...contacts: string[]) =>
  ({ customer, story: { talks: contacts.map((contact) => ({ contact })), more: false } }) as unknown as CustomerPanel
const page = (contact: string, shown: CustomerPanel | null) =>
  ({
    seq: 1,
    talk: talk(contact, shown?.customer ?? null),
    customer: shown,
    messages: [],
    notes: [],
    facts: [],
  }) as unknown as TalkPage

let seq = 0
const after = (view: DeskView, ...frames: DeskFrame[]) => frames.reduce((now, frame) => reduceDesk(now, frame, 0), view)
const push = (change: unknown): DeskFrame => {
  const prev = seq
  seq += 1
  return { is: "push", prev, seq, at: 0, push: change } as unknown as DeskPush
}

/** A desk with A before it, of customer C, and B, which is also on it. */
function desk(shown: CustomerPanel | null): DeskView {
  seq = 1
  const talks = [talk("A", shown?.customer ?? null), talk("B", "C")]
  const state = { is: "state", seq, desk: { talks, offers: [], requests: [], mentions: [] } } as unknown as DeskFrame
  return after(
    EMPTY_DESK,
    state,
    { is: "page_wanted", contact: "A" },
    { is: "page", contact: "A", page: page("A", shown) },
  )
}
const isStale = (view: DeskView) => view.pages.A?.panel_stale

test.each([
  ["another contact, somewhere else", { kind: "story_moved", customer: "C" }, true],
  ["another contact of theirs on this desk", { kind: "talk_changed", told: null, talk: talk("B", "C") }, true],
  ["another contact of theirs leaves this desk", { kind: "talk_gone", contact: "B" }, true],
  ["somebody else's contact", { kind: "story_moved", customer: "D" }, false],
  ["somebody else's contact on this desk", { kind: "talk_changed", told: null, talk: talk("X", "D") }, false],
  ["the talk itself", { kind: "talk_changed", told: null, talk: talk("A", "C") }, false],
  ["the talk's customer is somebody else", { kind: "talk_changed", told: null, talk: talk("A", "D") }, true],
])("the story is read again: %s", (_, change, expected) => {
  expect(isStale(after(desk(panel("C")), push(change)))).toBe(expected)
})

test("a customer who is identified while we talk is fetched", () => {
  expect(isStale(after(desk(null), push({ kind: "talk_changed", told: null, talk: talk("A", "C") })))).toBe(true)
})

test("what is fetched after the push is what is shown, and one more push in between asks once more", () => {
  const moved = { kind: "story_moved", customer: "C" }
  const asked = after(desk(panel("C")), push(moved), { is: "panel_wanted", contact: "A" })
  expect(isStale(asked)).toBe(false)
  const told = after(asked, push(moved), { is: "panel", contact: "A", panel: panel("C", "B") })
  expect(told.pages.A?.page?.customer?.story.talks.map(({ contact }) => contact)).toEqual(["B"])
  expect(isStale(told)).toBe(true)
})

test("where the customer cannot be had, the whole page is asked for, which has them or says why not", () => {
  const failed = after(desk(panel("C")), { is: "panel_wanted", contact: "A" }, { is: "panel_failed", contact: "A" })
  expect(toFetch(failed.pages)).toEqual({ whole: ["A"], panels: [] })
})

test("an answer for a page that was put away changes nothing", () => {
  const away = after(desk(panel("C")), { is: "page_closed", contact: "A" })
  expect(after(away, { is: "panel", contact: "A", panel: panel("C") }).pages).toEqual({})
})
