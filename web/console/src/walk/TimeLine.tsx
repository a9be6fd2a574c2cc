/** A walk as a line of time: what the customer said, heard and waited for. */

import type { Moment } from "@dryfly/words"
import { speaking } from "../say"
import { en } from "./messages.en"

const say = speaking(en)
const WAIT_SHOWN_MS = 1000
const BAR_WIDTH = 120
const BAR_FULL_MS = 60_000

export function TimeLine({ moments }: { moments: readonly Moment[] }) {
  return (
    <ol className="walk-line" aria-label={say("path")}>
      {moments.map((moment, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: moments are only ever added at the end
        <li key={number} className={`${moment.what} ${moment.who ?? "customer"}`}>
          <span className="xs walk-at">{seconds(moment.at_ms)}</span>
          <span className="walk-what">
            <Words moment={moment} />
          </span>
        </li>
      ))}
    </ol>
  )
}

function Words({ moment }: { moment: Moment }) {
  if (moment.what === "said" || moment.what === "heard") return <Said moment={moment} />
  if (moment.what === "dead_end") return <b className="wrong">{moment.text}</b>
  const key = `${moment.what}.${moment.text}`
  return <span className="s">{key in en ? say(key as keyof typeof en, { name: moment.name ?? "" }) : moment.text}</span>
}

function Said({ moment }: { moment: Moment }) {
  const waited = moment.waited_ms ?? 0
  return (
    <>
      <span className="xs">
        {moment.name || say(`who.${moment.who ?? "customer"}` as keyof typeof en)}
        {waited >= WAIT_SHOWN_MS && <Wait ms={waited} />}
      </span>
      <span className="walk-text">{moment.text}</span>
    </>
  )
}

function Wait({ ms }: { ms: number }) {
  const width = Math.max(3, Math.min(BAR_WIDTH, (ms / BAR_FULL_MS) * BAR_WIDTH))
  return (
    <>
      <svg className="walk-wait" width={width} height="6" aria-hidden="true">
        <rect width={width} height="6" rx="3" />
      </svg>
      {say("waited", { s: seconds(ms) })}
    </>
  )
}

export const seconds = (ms: number): string => (ms / 1000).toFixed(1)
