/** What was, by interval: figures by queue, agent, channel or need, and the contacts behind each of them. */

import "../styles/reports.css"
import type { Figures, Me, Measure, Report } from "@dryfly/words"
import { useCallback, useMemo, useState } from "react"
import { useKeys, useRoute } from "../hooks"
import { Bars } from "../plots/Bars"
import { Behind, SaveAs } from "./Behind"
import { Chooser } from "./Chooser"
import { type Choice, contactsQuery, readChoice, reportQuery, writeChoice } from "./choice"
import { type Column, columnsOf } from "./columns"
import { FiguresTable, type Line } from "./Figures"
import { type Times, timesOf } from "./times"
import { useAnswer } from "./useAnswer"
import { say, sayError } from "./words"

const INTERVALS_SHOWN = 120

export default function Reports({ me }: { me: Me }) {
  const [, said = ""] = useRoute()
  const choice = useMemo(() => readChoice(said), [said])
  const change = useCallback(
    (changes: Partial<Choice>) => {
      location.hash = `#/reports/${writeChoice({ ...choice, ...changes })}`
    },
    [choice],
  )
  const [now] = useState(Date.now)
  const query = reportQuery(choice, now)
  const { answer: report, error, isAsking, again } = useAnswer<Report>(`reports?${query}`)
  const back = useCallback(() => change({ behind: null, of: null, begin: null, end: null }), [change])
  useKeys({ Escape: () => choice.behind && back() })
  return (
    <main className="reports" aria-busy={isAsking}>
      <div className="row wrap">
        <h1 className="grow">
          <b>
            {say("title")} · <bdi>{me.site_title}</bdi>
          </b>
        </h1>
        {!choice.behind && <SaveAs query={query} />}
      </div>
      <Chooser choice={choice} change={change} />
      {error && <Failed reason={sayError(error)} again={again} />}
      {!error && !report && <p className="empty">{say("loading")}</p>}
      {!error && report && (
        <div className={isAsking ? "shown asking" : "shown"}>
          <Shown report={report} choice={choice} change={change} back={back} now={now} />
        </div>
      )}
    </main>
  )
}

function Failed({ reason, again }: { reason: string; again: () => void }) {
  return (
    <p className="empty" role="alert">
      <span>{say("failed", { reason })}</span>
      <span>
        <button type="button" className="btn" onClick={again}>
          {say("again")}
        </button>
      </span>
    </p>
  )
}

interface ShownProps {
  readonly report: Report
  readonly choice: Choice
  readonly change: (changes: Partial<Choice>) => void
}

function Shown({ back, now, ...props }: ShownProps & { back: () => void; now: number }) {
  const { report, choice } = props
  const times = useMemo(() => timesOf(report), [report])
  if (choice.behind) {
    const title = say("behind", { measure: measureName(choice.behind), name: placeName(report, choice, times) })
    return <Behind query={contactsQuery(choice, now)} title={title} moment={times.moment} back={back} />
  }
  if (report.cells.length === 0)
    return (
      <p className="empty">
        <span>{say("empty")}</span>
        <span className="s">{say("empty_hint")}</span>
      </p>
    )
  return <Counted {...props} times={times} />
}

function Counted({ report, choice, change, times }: ShownProps & { times: Times }) {
  return (
    <>
      <FiguresTable
        label={say(`by.${choice.by}`)}
        first={say(`one.${choice.by}`)}
        lines={groupLines(report, choice, change)}
        choice={choice}
        plot={(plot) => change({ plot })}
        hint={say("reading")}
      />
      {report.intervals.length > 1 && <OverIntervals report={report} choice={choice} change={change} times={times} />}
      <p className="xs">
        {say("caption", {
          from: times.moment(report.from_at),
          to: times.moment(report.to_at),
          zone: report.zone,
          time: times.moment(report.made_at),
        })}{" "}
        {report.total.test_count > 0 && (
          <>
            <button type="button" className="number" onClick={() => change({ behind: "test", of: null })}>
              {say("left_out", { count: report.total.test_count })}
            </button>{" "}
            {say("left_out_after")}
          </>
        )}
      </p>
    </>
  )
}

/** Of the chosen row, or of all together: the plot, and the table below it. */
function OverIntervals({ report, choice, change, times }: ShownProps & { times: Times }) {
  const columns = columnsOf(choice.by)
  const column = columns.find(({ id }) => id === choice.plot) ?? (columns[0] as Column)
  const name = groupName(report, choice)
  const label = say("plot", { measure: say(`column.${column.id}`), name })
  const intervals = useMemo(() => figuresByInterval(report, choice.group), [report, choice.group])
  const openAt = (n: number, measure: Measure | null) =>
    measure && change({ behind: measure, of: choice.group, ...ends(report, n) })
  const lines = intervals.flatMap((figures, n) =>
    figures ? [{ key: `${n}`, title: times.interval(n), figures, open: (measure: Measure) => openAt(n, measure) }] : [],
  )
  return (
    <>
      <section className="card pad" aria-label={label}>
        <Bars
          values={intervals.map((figures) => figures && column.value(figures))}
          label={label}
          rest={label}
          show={column.show}
          tick={times.tick}
          read={(n) => say("read", { interval: times.interval(n), value: shownAt(intervals[n], column) })}
          max={column.max}
          open={(n) => openAt(n, column.behind)}
        />
      </section>
      <Intervals key={`${report.from_at} ${report.every}`} name={name} choice={choice} change={change} lines={lines} />
    </>
  )
}

interface IntervalsProps {
  readonly name: string
  readonly choice: Choice
  readonly change: (changes: Partial<Choice>) => void
  readonly lines: readonly Line[]
}

function Intervals({ name, choice, change, lines }: IntervalsProps) {
  const [count, setCount] = useState(INTERVALS_SHOWN)
  const rest = lines.length - count
  return (
    <>
      <h2>
        <b>{say("intervals", { name })}</b> <span className="s">{say("only_filled")}</span>
      </h2>
      <FiguresTable
        label={say("intervals", { name })}
        first={say("interval")}
        lines={lines.slice(0, count)}
        choice={choice}
        plot={(plot) => change({ plot })}
      />
      {rest > 0 && (
        <span>
          <button type="button" className="btn" onClick={() => setCount(count + INTERVALS_SHOWN)}>
            {say("more_intervals", { count: Math.min(rest, INTERVALS_SHOWN) })}
          </button>
        </span>
      )}
    </>
  )
}

// ---- what stands where ---------------------------------------------------------------------------

const titleOf = (choice: Choice, group: { id: string; title: string }): string =>
  group.id === "" ? say(`none.${choice.by}`) : choice.by === "need" ? group.title.replaceAll("_", " ") : group.title

function groupLines(report: Report, choice: Choice, change: (changes: Partial<Choice>) => void): Line[] {
  const toggle = (group: string) => () => change({ group: choice.group === group ? null : group })
  const groups = report.groups
    .filter(({ id }) => id !== "" || choice.by !== "agent") // whom nobody answered has no agent, and no figure here
    .map((group) => ({
      key: `group ${group.id}`,
      title: titleOf(choice, group),
      figures: group.figures,
      choose: toggle(group.id),
      isChosen: choice.group === group.id,
      open: (measure: Measure) => change({ behind: measure, of: group.id, begin: null, end: null }),
    }))
  const open = (measure: Measure) => change({ behind: measure, of: null, begin: null, end: null })
  return [...groups, { key: "total", title: say("total"), figures: report.total, open }]
}

function figuresByInterval(report: Report, group: string | null): readonly (Figures | null)[] {
  const shown: (Figures | null)[] = report.intervals.map(() => null)
  const wanted = report.groups.findIndex(({ id }) => id === group)
  for (const cell of report.cells)
    if (group === null) shown[cell.interval] = report.sums[cell.interval] ?? null
    else if (cell.group === wanted) shown[cell.interval] = cell.figures
  return shown
}

const ends = (report: Report, n: number) => ({
  begin: report.intervals[n] ?? report.from_at,
  end: report.intervals[n + 1] ?? report.to_at,
})

function shownAt(figures: Figures | null | undefined, column: Column): string {
  const value = figures ? column.value(figures) : null
  return value === null ? "–" : column.show(value)
}

function groupName(report: Report, choice: Choice, wanted = choice.group): string {
  const group = report.groups.find(({ id }) => id === wanted)
  return group ? titleOf(choice, group) : say("everything")
}

function placeName(report: Report, choice: Choice, times: Times): string {
  const name = groupName(report, choice, choice.of)
  const n = choice.begin === null ? -1 : report.intervals.indexOf(choice.begin)
  return n < 0 ? name : `${name}, ${times.interval(n)}`
}

function measureName(measure: Measure): string {
  if (measure === "test") return say("test_contacts")
  const column = [...columnsOf("queue"), ...columnsOf("agent")].find(({ behind }) => behind === measure)
  return column ? say(`column.${column.id}`) : measure.replaceAll("_", " ")
}
