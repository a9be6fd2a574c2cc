import { expect, test } from "vitest"
import { area, line, linear, nearest, ticks } from "../src/plots/scale"

const same = (value: number) => value

test("an axis has round numbers and reaches the largest value", () => {
  expect(ticks(83, 5)).toEqual([0, 20, 40, 60, 80, 100])
  expect(ticks(3, 4)).toEqual([0, 1, 2, 3])
  expect(ticks(0, 4)).toEqual([0, 1])
})

test("a line has a gap where nothing is known", () => {
  const points = [1, 2, null, 4].map((value, at) => ({ at, value }))
  expect(line(points, same, same)).toBe("M0 1L1 2M3 4")
})

test("a band is closed, and none is nothing", () => {
  expect(area([], same, same)).toBe("")
  const band = [0, 1].map((at) => ({ at, value: 5, low: 4, high: 6 }))
  expect(area(band, same, same)).toBe("M0 6L1 6L1 4L0 4Z")
})

test("the reading aid takes the nearest point", () => {
  const points = [0, 10, 20].map((at) => ({ at, value: at }))
  expect(nearest(points, linear(0, 100, 0, 20)(64))).toBe(1)
})
