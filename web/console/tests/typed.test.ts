import { expect, test } from "vitest"
import { named } from "../src/parts/typed"

const items = ["North", "South", "Südwest", "Sund"].map((textContent) => ({ textContent }))

test.each([
  ["one letter goes to the next that begins with it", 0, "s", 1],
  ["and on from there", 1, "s", 2],
  ["and round again", 3, "s", 1],
  ["the same letter again and again is not a word", 1, "ss", 2],
  ["a word goes on at the one where it began", 1, "so", 1],
  ["or further, when that one does not begin so", 1, "sun", 3],
  ["from nowhere it begins at the top", -1, "s", 1],
  ["what none begins with leads nowhere", 2, "x", null],
  ["nothing typed leads nowhere", 2, "", null],
] as const)("%s", (_, at, typed, expected) => {
  expect(named(items, at, typed)).toBe(expected)
})

test("an empty list leads nowhere", () => {
  expect(named([], -1, "s")).toBeNull()
})
