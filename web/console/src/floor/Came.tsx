/** What came today, per quarter of an hour. A forecast with its band has its place here. */

import type { QueueToday } from "@dryfly/words"
import { useMemo, useState } from "react"
import { OverTime } from "../plots/OverTime"
import type { Expected, Point } from "../plots/scale"
import { moment } from "../say"
import { say, share } from "./words"

const QUARTER_MS = 15 * 60_000
const HOUR_MS = 4 * QUARTER_MS
const LEAST_MS = 4 * HOUR_MS

interface CameProps {
  readonly figures: QueueToday | undefined
  readonly since: number
  readonly now: number
  readonly forecast?: readonly Expected[]
}

export function Came({ figures, since, now, forecast }: CameProps) {
  const [isLevel, setIsLevel] = useState(false)
  const quarters = figures?.quarters ?? []
  const hour = now - (now % HOUR_MS) + HOUR_MS
  const { points, begin, most } = useMemo(() => {
    const first = quarters.find((quarter) => quarter.entered_count > 0)?.at ?? hour
    const begin = Math.max(since, Math.min(hour - LEAST_MS, first - QUARTER_MS))
    // The running quarter is not over: it is told, not drawn as a fall.
    const over = quarters.slice(0, -1).filter((quarter) => quarter.at >= begin)
    const points: Point[] = over.map(({ at, entered_count, service_level }) => ({
      at,
      value: isLevel ? service_level : entered_count,
    }))
    const most = quarters.reduce((one, other) => (other.entered_count > one.entered_count ? other : one), NO_QUARTER)
    return { points, begin, most }
  }, [quarters, since, hour, isLevel])
  const sum = figures?.today.entered_count ?? 0
  const running = quarters.at(-1)?.entered_count ?? 0
  const read = (point: Point, expected: Expected | undefined) => {
    const time = moment(point.at, now)
    const told = isLevel
      ? say("read_level", { time, value: share(point.value) })
      : say("read_came", { time, value: point.value ?? 0 })
    if (!expected) return told
    const { low, high } = expected
    return `${told}, ${say("read_expected", { low: Math.round(low), high: Math.round(high) })}`
  }
  return (
    <section className="card pad" aria-label={say(isLevel ? "came_level" : "came_title")}>
      <div className="row wrap">
        <h2 className="grow">
          <b>{say(isLevel ? "came_level" : "came_title")}</b>
        </h2>
        <span className="s">{sum > 0 && say("so_far", { count: running })}</span>
        <button type="button" className="btn" aria-pressed={isLevel} onClick={() => setIsLevel(!isLevel)}>
          {say("show_level")}
        </button>
      </div>
      {points.length === 0 || sum === 0 ? (
        <p className="empty came-empty">{say("came_nothing")}</p>
      ) : (
        <OverTime
          points={points}
          expected={isLevel ? undefined : forecast}
          begin={begin}
          end={hour}
          unit={say(isLevel ? "level_unit" : "came_unit")}
          label={say("came_label", { count: sum, most: most.entered_count, time: moment(most.at, now) })}
          read={read}
          max={isLevel ? 1 : undefined}
          show={isLevel ? share : undefined}
        />
      )}
    </section>
  )
}

const NO_QUARTER = { at: 0, entered_count: 0, service_level: null }
