import { sentence } from "@dryfly/words"
import { describe, expect, test } from "vitest"
import { age, sayCode, sayError, span } from "../src/say"

describe("sentences", () => {
  test("say one and many", () => {
    const text = "{count, plural, one {# talk} other {# talks}} of {max}"
    expect(sentence(text, { count: 1, max: 4 })).toBe("1 talk of 4")
    expect(sentence(text, { count: 3, max: 4 })).toBe("3 talks of 4")
  })

  test("of codes come from the catalogue, with the server's words where it has none", () => {
    expect(sayError({ code: "message_too_long", text: "", values: { limit: 8000 } })).toBe(
      "Too long: at most 8000 characters.",
    )
    expect(sayError({ code: "never_seen", text: "Do this.", values: {} })).toBe("Do this.")
    expect(sayCode("reason", "new_reason", {})).toBe("new reason")
  })

  test("never carry what a customer wrote into a pattern", () => {
    expect(sentence("Write to {name}…", { name: "{name} $& <b>" })).toBe("Write to {name} $& <b>…")
  })
})

test("spans are read at a glance", () => {
  expect([0, 48_000, 90_000, 12 * 60_000, 185 * 60_000, 9 * 86_400_000].map(span)).toEqual([
    "0:00",
    "0:48",
    "1:30",
    "12 min",
    "3 h 05",
    "9 d",
  ])
  expect(age(247_000)).toBe("4 min")
})
