import type { Catalogue } from "@dryfly/words"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
  drafted,
  type Edits,
  type Entry,
  entryAt,
  idFrom,
  isSame,
  put,
  rebase,
  takeTheirs,
  withValue,
} from "../src/setup/draft"

const agent = (id: string, skills: Record<string, number>, name = id): Entry => ({ id, name, spec: { skills } })
const of = (...agents: Entry[]): Catalogue =>
  ({
    version: 1,
    site: { id: "main", title: "Main" },
    agents: Object.fromEntries(agents.map((entry) => [entry.id, entry])),
  }) as unknown as Catalogue

const NONE: Edits = {}
const ANNA = agent("anna", { returns: 3, billing: 1 })

describe("a draft", () => {
  test("is no edit where nothing differs", () => {
    const seen = of(ANNA)
    const edits = put(NONE, seen, "agents/anna", agent("anna", { returns: 5, billing: 1 }))
    expect(edits["agents/anna"]?.before).toEqual(ANNA)
    expect(put(edits, seen, "agents/anna", agent("anna", { billing: 1, returns: 3 }))).toEqual({})
    expect(put(put(NONE, seen, "agents/eva", agent("eva", {})), seen, "agents/eva", null)).toEqual({})
  })

  test("of two people in different cells is carried over without a word", () => {
    const edits = put(NONE, of(ANNA), "agents/anna", agent("anna", { returns: 5, billing: 1 }))
    const now = of(agent("anna", { returns: 3, billing: 9, french: 2 }, "Anna B."))
    const carried = rebase(edits, now)
    expect(carried.conflicts).toEqual([])
    expect(carried.edits["agents/anna"]?.after).toEqual(agent("anna", { returns: 5, billing: 9, french: 2 }, "Anna B."))
    expect(carried.edits["agents/anna"]?.before).toEqual(entryAt(now, "agents/anna"))
  })

  test("of two people in one cell asks, and either answer is done", () => {
    const edits = put(NONE, of(ANNA), "agents/anna", agent("anna", { returns: 5, billing: 1 }))
    const now = of(agent("anna", { returns: 8, billing: 1 }))
    const carried = rebase(edits, now)
    expect(carried.conflicts).toEqual([
      { where: "agents/anna", path: ["spec", "skills", "returns"], mine: 5, theirs: 8 },
    ])
    expect(drafted(now, carried.edits).agents.anna).toEqual(agent("anna", { returns: 5, billing: 1 }))
    expect(takeTheirs(carried.edits, now, carried.conflicts[0] as never)).toEqual({})
  })

  test("of an entry that went away meanwhile asks whether it stays away", () => {
    const edits = put(NONE, of(ANNA), "agents/anna", agent("anna", {}))
    const carried = rebase(edits, of())
    expect(carried.conflicts[0]).toMatchObject({ where: "agents/anna", path: [], theirs: undefined })
    expect(carried.edits["agents/anna"]?.before).toBeNull()
    expect(takeTheirs(carried.edits, of(), carried.conflicts[0] as never)).toEqual({})
  })

  test("that somebody else has saved already is nothing more to do", () => {
    const edits = put(NONE, of(ANNA), "agents/anna", null)
    expect(rebase(edits, of())).toEqual({ edits: {}, conflicts: [] })
  })
})

/** Whatever two people do to an agent's skills, no value is lost that only one of them touched. */
test("merging keeps what only one side changed", () => {
  const level = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined })
  const cells = fc.record({ a: level, b: level, c: level })
  const told = (cells: object) => Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== undefined))
  fc.assert(
    fc.property(cells, cells, cells, (before, mine, theirs) => {
      const base = of(agent("x", told(before)))
      const now = of(agent("x", told(theirs)))
      const carried = rebase(put(NONE, base, "agents/x", agent("x", told(mine))), now)
      const result = (drafted(now, carried.edits).agents.x as unknown as { spec: { skills: Record<string, number> } })
        .spec
      const asked = new Set(carried.conflicts.map(({ path }) => path.at(-1)))
      for (const key of ["a", "b", "c"] as const) {
        const wanted = before[key] === mine[key] ? theirs[key] : mine[key]
        expect(result.skills[key]).toBe(wanted)
        const clash = before[key] !== mine[key] && before[key] !== theirs[key] && mine[key] !== theirs[key]
        expect(asked.has(key)).toBe(clash)
      }
    }),
  )
})

test("values are compared and set by what they are", () => {
  expect(isSame({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toBe(true)
  expect(isSame({ a: undefined }, { b: undefined })).toBe(false)
  expect(withValue({ id: "x" }, ["spec", "skills", "de"], 3)).toEqual({ id: "x", spec: { skills: { de: 3 } } })
  expect(withValue({ spec: { skills: { de: 3 } } }, ["spec", "skills", "de"], undefined)).toEqual({
    spec: { skills: {} },
  })
})

test("ids are proposed from titles", () => {
  expect(idFrom("Rückgaben & Geld", {})).toBe("ruckgaben-geld")
  expect(idFrom("General", { general: {} })).toBe("general-2")
  expect(idFrom("返品", {})).toBe("new")
  expect(idFrom("constructor", {})).toBe("constructor")
})
