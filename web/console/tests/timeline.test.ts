import type { TalkPage } from "@dryfly/words"
import { expect, test } from "vitest"
import { timeline } from "../src/desk/timeline"

const page = {
  seq: 9,
  messages: [
    { id: "M1", seq: 1 },
    { id: "M2", seq: 8 },
  ],
  notes: [{ id: "N1", seq: 5 }],
  why: [
    { seq: 2, rule: "queued_customer_asked" },
    { seq: 3, rule: "offer_missed" },
    { seq: 4, rule: "engaged" },
    { seq: 6, rule: "queued_transferred" },
  ],
  more_before: false,
} as unknown as TalkPage

test("messages, notes and decisions stand in the order in which they happened; what is not yet said is last", () => {
  const echo = { id: "E", kind: "say", contact: "K", text: "", attachments: [], at: 0, seq: null, error: null } as const
  expect(timeline(page, [echo]).map((item) => item.key)).toEqual(["M1", "why2", "N1", "why6", "M2", "E"])
})

test("each way to an agent is one line that holds its steps", () => {
  const [, first] = timeline(page, [])
  expect(first).toMatchObject({
    is: "why",
    steps: [{ rule: "queued_customer_asked" }, { rule: "offer_missed" }, { rule: "engaged" }],
  })
})

test("before the earliest message that is shown stands the way to the older ones, and nothing else", () => {
  const later = { ...page, messages: page.messages.slice(1), more_before: true }
  expect(timeline(later, []).map((item) => item.key)).toEqual(["older", "M2"])
})
