/** Call backs that nobody has made yet, the next one first; and how many promises of today were kept. */

import type { ErrorBody, FloorTalks, Named, Report, Talk } from "@dryfly/words"
import { titleOf } from "@dryfly/words/desk"
import { type ReactNode, useEffect, useRef } from "react"
import { nameOf } from "../desk/TalkList"
import { goTo, useDesk } from "../hooks"
import { Meaning } from "../parts/Meaning"
import { Menu, MenuItem } from "../parts/Menu"
import { readChoice, reportQuery, writeChoice } from "../reports/choice"
import { useAnswer } from "../reports/useAnswer"
import { ahead, sayError, span, speaking } from "../say"
import { type CallStanding, standingOf } from "./calls"
import { en } from "./calls.en"
import type { Deed } from "./Deeds"
import { share } from "./words"

const say = speaking(en)
const COUNT_AGAIN_MS = 60_000
const NONE: readonly Named[] = []

interface CallsProps {
  readonly list: FloorTalks | null
  readonly queue: string
  /** How many there are, of all queues. */
  readonly calls: number
  /** What stands in the head: which list it is, and its pages. */
  readonly head: ReactNode
  readonly begin: (deed: Deed) => void
  readonly now: number
}

export function Calls({ list, queue, calls, head, begin, now }: CallsProps) {
  const talks = list?.talks.filter(({ call }) => call !== null) ?? []
  return (
    <section className="card pad scroll" aria-label={say("title")} id="open-talks">
      {head}
      <Kept queue={queue} calls={calls} />
      {talks.length === 0 ? (
        <p className="empty">{list && say("none")}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th>{say("customer")}</th>
              <th className="left">{say("promised")}</th>
              <th className="left">{say("stands")}</th>
              <th className="left">{say("queue")}</th>
              <th className="left">{say("tries")}</th>
              <th>
                <span className="sr">{say("actions", { name: "" })}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {talks.map((talk) => (
              <Row key={talk.contact} talk={talk} begin={begin} now={now} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Row({ talk, begin, now }: Pick<CallsProps, "begin" | "now"> & { readonly talk: Talk }) {
  const queues = useDesk((view) => view.desk?.queues ?? NONE)
  const { at, attempts, attempts_max } = talk.call as NonNullable<Talk["call"]>
  return (
    <tr>
      <th scope="row" dir="auto">
        <button type="button" className="link" onClick={() => goTo("talk", talk.contact)}>
          {nameOf(talk)}
        </button>{" "}
        <span className="xs">{talk.need_title}</span>
      </th>
      <td className="left time">{at === null ? say("in_turn") : say("at", { time: ahead(at, now) })}</td>
      <td className="left">
        <Stands standing={standingOf(talk, now)} />
      </td>
      <td className="left" dir="auto">
        {titleOf(queues, talk.queue)}
      </td>
      <td className="left time">
        {say(attempts === 0 ? "tried_none" : "tried", { attempts, max: Math.max(attempts_max, attempts) })}
      </td>
      <td>
        <Menu className="btn quiet small" label={say("actions", { name: nameOf(talk) })} face="⋯">
          <MenuItem onClick={() => begin({ is: "call_now", talk })}>{say("now")}</MenuItem>
          <MenuItem onClick={() => begin({ is: "call_move", talk })}>{say("move")}</MenuItem>
          <MenuItem onClick={() => begin({ is: "call_off", talk })}>{say("off")}</MenuItem>
          <MenuItem onClick={() => goTo("talk", talk.contact)}>{say("open")}</MenuItem>
        </Menu>
      </td>
    </tr>
  )
}

const TONES: Readonly<Record<CallStanding["is"], string>> = {
  offered: "chip river",
  ahead: "",
  due: "chip amber",
  late: "chip red",
  in_turn: "",
  behind: "chip amber",
}

function Stands({ standing }: { standing: CallStanding }) {
  return (
    <span className={`time ${TONES[standing.is]}`}>{say(`stands.${standing.is}`, { span: span(standing.ms) })}</span>
  )
}

// ---- how it goes -------------------------------------------------------------------------------

const TODAY = readChoice("every=day")
const REPORT = writeChoice({ ...readChoice(""), plot: "kept" })

/** From the report of today: the same numbers, counted in one place. Anew when a call is promised or made. */
function Kept({ queue, calls }: { queue: string; calls: number }) {
  const { answer, error, again } = useAnswer<Report>(`reports?${reportQuery(TODAY, Date.now())}`)
  const counted = useRef(calls)
  const ask = useRef(again)
  ask.current = again
  useEffect(() => {
    if (counted.current !== calls) ask.current()
    counted.current = calls
    const timer = setInterval(() => ask.current(), COUNT_AGAIN_MS)
    return () => clearInterval(timer)
  }, [calls])
  const group = answer?.groups.find(({ id }) => id === queue)
  const figures = queue ? group?.figures : answer?.total
  return (
    <p className="s kept">
      <Meaning of="kept">{told(figures, error, answer !== null)}</Meaning>{" "}
      {figures !== undefined && figures.unreached_count > 0 && say("unreached", { count: figures.unreached_count })}{" "}
      <a className="link" href={`#/reports/${REPORT}`}>
        {say("report")}
      </a>
    </p>
  )
}

function told(figures: Report["total"] | undefined, error: ErrorBody | null, isCounted: boolean): string {
  if (error !== null && !isCounted) return say("kept_failed", { reason: sayError(error) })
  if (!isCounted) return "…"
  if (!figures?.promised_count) return say("kept_none")
  const { kept_count, promised_count, kept_share } = figures
  return say("kept", { kept: kept_count, promised: promised_count, share: share(kept_share) })
}
