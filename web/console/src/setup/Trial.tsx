/** Rules of a queue, tried on yesterday before they are saved: what changes, and whom it hits. */

import type { ErrorBody, Trial, Tried, TriedQueue } from "@dryfly/words"
import { titleOf } from "@dryfly/words/desk"
import { useRef, useState } from "react"
import { ask } from "../api"
import { useDesk } from "../hooks"
import { sayError as sayCommonError, speaking } from "../say"
import { type Entry, isSame, type Json } from "./draft"
import { en } from "./trial.en"

const say = speaking(en)
const sayIf = (key: string, values = {}) => (key in en ? say(key as keyof typeof en, values) : "")
const sayError = (error: ErrorBody) => sayIf(`error.${error.code}`, error.values) || sayCommonError(error)

const COLUMNS = ["service_level", "abandoned_share", "asa_s", "wait_p80_s"] as const
type Column = (typeof COLUMNS)[number]
const isShare = (column: Column) => column === "service_level" || column === "abandoned_share"

interface State {
  readonly spec: Json
  readonly trial: Trial | null
  readonly error: ErrorBody | null
}

function useTrial(queue: string, spec: Json) {
  const [found, setFound] = useState<State | null>(null)
  const [isTrying, setTrying] = useState(false)
  const newest = useRef(0)
  const attempt = () => {
    const number = ++newest.current
    const tell = (trial: Trial | null, error: ErrorBody | null) => {
      if (number !== newest.current) return
      setFound({ spec, trial, error })
      setTrying(false)
    }
    setTrying(true)
    ask<Trial>("POST", `setup/queues/${encodeURIComponent(queue)}/trial`, JSON.stringify({ spec })).then(
      (trial) => tell(trial, null),
      (error: ErrorBody) => tell(null, error),
    )
  }
  return { found, isTrying, attempt, isStale: found !== null && !isSame(found.spec, spec) }
}

export function TryYesterday({ id, entry }: { id: string; entry: Entry }) {
  const { found, isTrying, attempt, isStale } = useTrial(id, entry.spec ?? {})
  return (
    <section className="group" aria-label={say("title")} aria-busy={isTrying}>
      <div className="row wrap">
        <h3 className="grow">{say("title")}</h3>
        <button type="button" className="btn" disabled={isTrying} onClick={attempt}>
          {say(found ? "again" : "try")}
        </button>
      </div>
      <p className="xs">{say("title?")}</p>
      <div className="stack" role="status">
        {isTrying && <p className="s">{say("trying")}</p>}
        {!isTrying && isStale && <p className="notebox amber">{say("stale")}</p>}
        {!isTrying && found?.error && <p className="notebox red">{say("failed", { reason: sayError(found.error) })}</p>}
        {!isTrying && found?.trial && <Told trial={found.trial} />}
      </div>
    </section>
  )
}

function Told({ trial }: { trial: Trial }) {
  const day = new Date(`${trial.day}T12:00:00`).toLocaleDateString("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
  })
  const values = { day, count: trial.answered_count, min: trial.answered_min, runs: trial.runs_count }
  if (trial.queues.length === 0)
    return <p className="notebox amber">{say(values.count ? "too_few" : "quiet", values)}</p>
  const [all, ...queues] = trial.queues
  const shown = [all, ...queues.filter(({ entered_count }) => entered_count > 0)].filter((queue) => queue !== undefined)
  return (
    <>
      <Hits queues={shown.length > 2 ? shown.slice(1) : shown.slice(-1)} />
      <div className="arms wide">
        <table>
          <thead>
            <tr>
              <th scope="col">{say("col.queue")}</th>
              <th scope="col">{say("col.entered")}</th>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {say(`col.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(shown.length > 2 ? shown : shown.slice(-1)).map((queue) => (
              <Row key={queue.queue} queue={queue} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="xs">
        {say("told", values)} {all && checkOf(all)}
      </p>
      {trial.notes.map(({ code, count }) => (
        <p key={code} className="xs">
          {sayIf(`note.${code}`, { count })}
        </p>
      ))}
    </>
  )
}

function checkOf({ figures }: TriedQueue): string {
  const level = figures.service_level
  return level
    ? say("check", { before: figureOf("service_level", level.before), was: figureOf("service_level", level.was) })
    : ""
}

/** Figures of a queue that its rules change, as far as the runs can tell that from chance. */
const isSure = ({ low, high }: Tried): boolean => low !== null && high !== null && (low > 0 || high < 0)
const change = ({ before, after }: Tried): number => (after ?? 0) - (before ?? 0)

export function hitsOf({ figures }: TriedQueue, queue: string): readonly string[] {
  const { service_level: level, asa_s: wait } = figures
  const told: string[] = []
  if (level && isSure(level))
    told.push(
      say(change(level) > 0 ? "hit.better" : "hit.worse", {
        queue,
        points: (100 * Math.abs(change(level))).toFixed(1),
      }),
    )
  if (wait && isSure(wait))
    told.push(
      say(change(wait) > 0 ? "hit.longer" : "hit.shorter", { queue, seconds: Math.abs(change(wait)).toFixed(1) }),
    )
  return told
}

function Hits({ queues }: { queues: readonly TriedQueue[] }) {
  const titles = useDesk((view) => view.desk?.queues)
  const hits = queues.flatMap((queue) => hitsOf(queue, titleOf(titles, queue.queue)))
  if (hits.length === 0) return <p className="notebox plain">{say("nobody")}</p>
  return (
    <div className="notebox plain">
      <p>{say("hits")}</p>
      <ul>
        {hits.map((hit) => (
          <li key={hit} dir="auto">
            {hit}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Row({ queue: { queue, entered_count, figures } }: { queue: TriedQueue }) {
  const titles = useDesk((view) => view.desk?.queues)
  return (
    <tr>
      <th scope="row" dir="auto">
        {queue === "" ? say("all") : titleOf(titles, queue)}
      </th>
      <td className="time">{entered_count}</td>
      {COLUMNS.map((column) => (
        <td key={column} className="time">
          {figures[column] && <Change column={column} tried={figures[column]} />}
        </td>
      ))}
    </tr>
  )
}

function Change({ column, tried }: { column: Column; tried: Tried }) {
  const [before, after] = [figureOf(column, tried.before), figureOf(column, tried.after)]
  return (
    <span title={say("was?", { value: figureOf(column, tried.was) })}>
      {say(before === after ? "same" : "change", { before, after })}
    </span>
  )
}

function figureOf(column: Column, value: number | null): string {
  if (value === null) return "–"
  return isShare(column)
    ? say("value.share", { value: (100 * value).toFixed(1) })
    : say("value.seconds", { value: value.toFixed(0) })
}
