import { expect, test } from "vitest"
import { fieldOf, snoozeChoices } from "../src/desk/snoozeTimes"

const at = (text: string) => new Date(text).getTime()
const told = (now: string) => snoozeChoices(at(now)).map(([name, until]) => [name, fieldOf(until)])

test("in the morning of a working day: an hour, the afternoon, tomorrow", () => {
  expect(told("2026-03-04T10:20")).toEqual([
    ["hour", "2026-03-04T11:20"],
    ["afternoon", "2026-03-04T14:00"],
    ["tomorrow", "2026-03-05T09:00"],
  ])
})

test("an afternoon that is here, or within the hour, is no choice; on a Friday there is Monday", () => {
  expect(told("2026-03-06T13:30").map(([name]) => name)).toEqual(["hour", "tomorrow", "monday"])
  expect(told("2026-03-06T13:30").at(-1)).toEqual(["monday", "2026-03-09T09:00"])
  expect(told("2026-03-07T16:00").at(-1)).toEqual(["monday", "2026-03-09T09:00"])
})

test("tomorrow is tomorrow also where the clocks change", () => {
  expect(told("2026-03-28T10:00")[2]).toEqual(["tomorrow", "2026-03-29T09:00"])
})
