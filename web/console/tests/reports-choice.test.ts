import { describe, expect, it } from "vitest"
import { contactsQuery, dayBefore, daysOf, readChoice, reportQuery, writeChoice } from "../src/reports/choice"
import { duration } from "../src/reports/columns"

const NOON = new Date(2026, 2, 29, 12).getTime()

describe("a choice", () => {
  it("is the same after it was in the address", () => {
    const text =
      "by=agent&every=15&period=own&from=2026-03-01&to=2026-03-29&zone=Europe%2FBerlin&group=&behind=aht&of=bob"
    expect(readChoice(writeChoice(readChoice(text)))).toEqual(readChoice(text))
    expect(readChoice(text)).toMatchObject({ by: "agent", zone: "Europe/Berlin", group: "", of: "bob" })
  })
  it("says nothing of what is as at the start, and takes no nonsense", () => {
    expect(writeChoice(readChoice(""))).toBe("")
    expect(readChoice("by=mood&every=7&period=ages&begin=x")).toEqual(readChoice(""))
  })
  it("counts days by the calendar, over changes of clocks and years", () => {
    expect(dayBefore(NOON, 1)).toBe("2026-03-28")
    expect(dayBefore(new Date(2026, 0, 1, 0, 5).getTime(), 1)).toBe("2025-12-31")
    expect(daysOf(readChoice("period=week"), NOON)).toEqual(["2026-03-22", "2026-03-29"])
    expect(daysOf(readChoice("period=own&from=2026-12-30&to=2026-12-31"), NOON)).toEqual(["2026-12-30", "2027-01-01"])
  })
  it("asks for the contacts of one row and one interval, also of the row that has no name", () => {
    const asked = new URLSearchParams(contactsQuery(readChoice("behind=abandoned&of=&begin=0&end=900000"), NOON))
    expect([...asked]).toEqual([
      ["measure", "abandoned"],
      ["from", "1970-01-01T00:00:00.000Z"],
      ["to", "1970-01-01T00:15:00.000Z"],
      ["queue", ""],
    ])
    expect(reportQuery(readChoice("by=need"), NOON)).toBe("by=need&every=60&from=2026-03-29&to=2026-03-30")
  })
})

it("writes how long something took", () => {
  expect([0, 48.4, 725, 11_100].map(duration)).toEqual(["0:00", "0:48", "12:05", "3:05:00"])
})
