import fc from "fast-check"
import { expect, test } from "vitest"
import { contrastOnWhiteText, darkened, ENOUGH } from "../src/setup/colour"
import { csvLine } from "../src/setup/download"
import { problemOf } from "../src/setup/problem"
import { clock, isOpen, SLOTS, spansFrom, textOf, withSlot } from "../src/setup/week"

test("times are read as people write them", () => {
  expect(spansFrom("8-12, 13:00–17:30")).toEqual([
    { opens: "08:00", closes: "12:00" },
    { opens: "13:00", closes: "17:30" },
  ])
  expect(spansFrom("")).toEqual([])
  expect(spansFrom("22:00-02:00")).toEqual([{ opens: "22:00", closes: "02:00" }])
  for (const wrong of ["8", "8-25", "8:60-9", "from 8 to 9"]) expect(spansFrom(wrong)).toBeNull()
  expect(textOf(spansFrom("8-12,13-17") ?? [])).toBe("08:00-12:00, 13:00-17:00")
})

/** Opening and closing half hours is what the grid shows, whatever came before, and spans never touch. */
test("half hours are opened and closed one by one", () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: SLOTS - 1 }), fc.boolean()))
  fc.assert(
    fc.property(steps, (wanted) => {
      const open = new Set<number>()
      let spans: ReturnType<typeof withSlot> = []
      for (const [slot, is] of wanted) {
        spans = withSlot(spans, slot, is)
        if (is) open.add(slot)
        else open.delete(slot)
      }
      for (let slot = 0; slot < SLOTS; slot++) expect(isOpen(spans, slot)).toBe(open.has(slot))
      for (const [number, span] of spans.entries())
        if (number > 0) expect((spans[number - 1] as { closes: string }).closes < span.opens).toBe(true)
    }),
  )
  expect(withSlot([{ opens: "09:10", closes: "10:50" }], 19, false)).toEqual([
    { opens: "09:10", closes: "09:30" },
    { opens: "10:00", closes: "10:50" },
  ])
  expect(clock(24 * 60)).toBe("24:00")
})

test("a pale colour is darkened until white can be read on it", () => {
  expect(contrastOnWhiteText(darkened("#ffd54a"))).toBeGreaterThanOrEqual(ENOUGH)
  expect(darkened("#0b6e64")).toBe("#0b6e64")
})

test("a cell is never a formula", () => {
  expect(csvLine(["=1+1", 'say "hi"', "anna@x.example"])).toBe('"\'=1+1","say ""hi""","anna@x.example"\r\n')
})

test("a refusal finds its field", () => {
  const error = (code: string, values: Record<string, string | number>) => ({ code, text: "", values })
  const edits = { "queues/x": { before: null, after: { spec: { target_s: -1 } } } }
  expect(problemOf(error("text_missing", { where: "queues/x.title" }), {})).toEqual({
    where: "queues/x",
    field: "title",
  })
  expect(problemOf(error("spec_out_of_range", { target_s: -1 }), edits)).toEqual({
    where: "queues/x",
    field: "spec.target_s",
  })
  expect(problemOf(error("queue_in_use", { queue: "x", contacts: 2 }), {})).toEqual({ where: "queues/x", field: "" })
  expect(problemOf(null, {})).toBeNull()
})
