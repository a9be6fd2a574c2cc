/**
 * Old state plus pushes equals a fresh state, on recorded days: from any moment of an agent's day to any later one.
 * `tests/desk/test_recorded.py` records them and runs this; alone it has nothing to look at.
 */

import { readdirSync, readFileSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { DeskPush, DeskState, OnDutyNow, SetUpNow } from "../src"
import { EMPTY_DESK, reduceDesk } from "../src/desk"

type Fresh = { is: "state"; seq: number; desk: DeskState }
type Line = DeskPush | SetUpNow | OnDutyNow | Fresh

const FOLDER = process.env.DRYFLY_RECORDED
const isFresh = (line: Line): line is Fresh => line.is === "state"
const read = (name: string): Line[] =>
  readFileSync(`${FOLDER}/${name}`, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line))

/** Lists in an order that does not depend on who came first. */
function shown(desk: DeskState | null) {
  const by = (name: string) => (one: object, other: object) =>
    String(one[name as never]).localeCompare(String(other[name as never]))
  return desk && { ...desk, talks: [...desk.talks].sort(by("contact")), offers: [...desk.offers].sort(by("offer")) }
}

function follow(lines: Line[], from: number, to: number) {
  const view = lines.slice(from, to).reduce((view, line, at) => {
    return at === 0 || !isFresh(line) ? reduceDesk(view, line, 0) : view
  }, EMPTY_DESK)
  expect(view.gap).toBe(false)
  return shown(view.desk)
}

describe.skipIf(!FOLDER)("a desk that followed shows what a fresh one shows", () => {
  for (const name of FOLDER ? readdirSync(FOLDER) : []) {
    test(name, () => {
      const lines = read(name)
      const fresh = lines.flatMap((line, at) => (isFresh(line) ? [at] : []))
      const moment = fc.nat(fresh.length - 1)
      fc.assert(
        fc.property(moment, moment, (one, other) => {
          const [from, to] = [fresh[Math.min(one, other)] as number, fresh[Math.max(one, other)] as number]
          expect(follow(lines, from, to + 1)).toEqual(shown((lines[to] as Fresh).desk))
        }),
        { numRuns: 40 },
      )
    })
  }
})
