/** Replies with fields, names in notes, and what is news. */

import type { DeskState, Reply, Talk, TalkPage } from "@dryfly/words"
import { describe, expect, test } from "vitest"
import { begun, colleagues, mentioned, named } from "../src/desk/mentions"
import { filled, found, gapAfter, known } from "../src/desk/replies"
import { newsOf, waitingCount } from "../src/parts/news"

const talk = (contact: string, more: Partial<Talk> = {}): Talk =>
  ({
    contact,
    customer_name: "Ann",
    queue: "general",
    need: "refund",
    need_title: "",
    unread_count: 0,
    ...more,
  }) as Talk
const reply = (id: string, text: string, more: Partial<Reply> = {}): Reply =>
  ({ id, title: id, text, queues: [], needs: [], ...more }) as Reply

describe("a reply", () => {
  test("is filled from what is known; what nobody knows is a gap", () => {
    const page = { facts: [{ key: "order", value: "W17" }], customer: null } as unknown as TalkPage
    const values = known(talk("K"), page, "Bob")
    expect(filled("Hi {customer}, {agent} here about {order} to {town}.", values)).toBe(
      "Hi Ann, Bob here about W17 to ⟦town⟧.",
    )
  })

  test("names a record only where the customer has one of its kind", () => {
    const group = (count: number) => ({ kind: "order", count, records: [{ kind: "order", key: "W1" }] })
    const page = (count: number) => ({ facts: [], customer: { fields: [], groups: [group(count)] } }) as never
    expect(known(talk("K"), page(1), "").order).toBe("W1")
    expect(known(talk("K"), page(2), "").order).toBeUndefined()
  })

  test("has gaps that are gone through in a ring", () => {
    const text = "⟦a⟧ and ⟦b⟧"
    expect(gapAfter(text)?.text).toBe("⟦a⟧")
    expect(gapAfter(text, 3)?.text).toBe("⟦b⟧")
    expect(gapAfter(text, text.length)?.text).toBe("⟦a⟧")
    expect(gapAfter("a and b")).toBeNull()
  })

  test("that suits the talk stands first; another queue's is not offered", () => {
    const replies = [
      reply("any", "hello"),
      reply("suits", "hello", { needs: ["refund"] }),
      reply("other", "hello", { queues: ["sales"] }),
    ]
    expect(found(replies, talk("K"), "hel").map(({ id }) => id)).toEqual(["suits", "any"])
    expect(found(replies, talk("K"), "hello there")).toEqual([])
  })
})

describe("a name in a note", () => {
  const agents = [
    { id: "ann", title: "Ann" },
    { id: "ann-lee", title: "Ann Lee" },
    { id: "bob", title: "Bob" },
  ]
  test("is begun by an at sign that is no address", () => {
    expect(begun("ask @an", 7)).toBe("an")
    expect(begun("ann@example", 11)).toBeNull()
    expect(colleagues(agents, "an", "ann").map(({ id }) => id)).toEqual(["ann-lee"])
    expect(named("ask @an please", 7, "Ann Lee")).toEqual(["ask @Ann Lee  please", 13])
  })

  test("means the one who is called so in full", () => {
    expect(mentioned("@Ann Lee and @Bob, look", agents)).toEqual(["ann-lee", "bob"])
    expect(mentioned("@Ann, look", agents)).toEqual(["ann"])
  })
})

test("news is what came, but not the words of the talk that is looked at", () => {
  const desk = (talks: Talk[], more = {}) => ({ talks, offers: [], mentions: [], ...more }) as unknown as DeskState
  const before = desk([talk("K1"), talk("K2")])
  const offers = [{ offer: "O", talk: talk("K9") }]
  const now = desk([talk("K1", { unread_count: 1 }), talk("K2", { unread_count: 1 })], { offers })
  expect(newsOf(before, now, "K1").map(({ occasion, id }) => [occasion, id])).toEqual([
    ["offer", "O"],
    ["message", "K2"],
  ])
  expect(newsOf(now, now, null)).toEqual([])
  expect(waitingCount(now)).toBe(3)
})
