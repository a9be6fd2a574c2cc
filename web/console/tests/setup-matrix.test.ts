import { describe, expect, test } from "vitest"
import {
  boxOf,
  cellsIn,
  FIRST,
  fromText,
  inSight,
  type Key,
  moved,
  type Selection,
  toText,
  typed,
} from "../src/setup/matrix"

const SIZE = { rows: 500, columns: 50, page: 20 }
const press = (...keys: string[]): Selection =>
  keys.reduce((selection, name) => {
    const parts = name.split("+")
    const key: Key = { key: parts.at(-1) as string, shiftKey: parts.includes("Shift"), ctrlKey: parts.includes("Ctrl") }
    return moved(selection, key, SIZE) ?? selection
  }, FIRST)

describe("keys of the matrix", () => {
  test("lead from cell to cell and never out of it", () => {
    expect(press("ArrowUp", "ArrowLeft").at).toEqual({ row: 0, column: 0 })
    expect(press("ArrowDown", "ArrowRight", "Enter", "Shift+Enter").at).toEqual({ row: 1, column: 1 })
    expect(press("Ctrl+End", "PageDown").at).toEqual({ row: 499, column: 49 })
    expect(press("PageDown", "End", "Ctrl+ArrowUp", "Home").at).toEqual({ row: 0, column: 0 })
    expect(moved(FIRST, { key: "x", shiftKey: false, ctrlKey: false }, SIZE)).toBeNull()
  })

  test("with Shift select a block, in any direction", () => {
    const selection = press("ArrowDown", "ArrowDown", "ArrowRight", "Shift+ArrowUp", "Shift+ArrowRight")
    expect(boxOf(selection)).toEqual({ top: 1, bottom: 2, left: 1, right: 2 })
    expect(cellsIn(boxOf(selection))).toBe(4)
    expect(cellsIn(boxOf(press("ArrowDown", "Shift+ArrowUp", "ArrowRight")))).toBe(1)
  })

  test("1 and 0 are ten when written in one go, and none when not", () => {
    const one = typed(null, 1, 1_000)
    expect(typed(one, 0, 1_500).level).toBe(10)
    expect(typed(one, 0, 9_000).level).toBe(0)
    expect(typed(typed(null, 5, 0), 0, 10).level).toBe(0)
  })
})

test("cells go to a spreadsheet and come back", () => {
  const levels = [
    [1, undefined, 10],
    [undefined, 5, undefined],
  ]
  expect(fromText(`${toText(levels)}\r\n`)).toEqual(levels)
  expect(fromText("3\t11")).toBeNull()
  expect(fromText("three")).toBeNull()
})

test("only rows in sight are drawn", () => {
  const [first, last] = inSight(6_000, 600, 30, 500)
  expect([first, last]).toEqual([194, 226])
  expect(inSight(0, 600, 30, 5)).toEqual([0, 5])
})
