/** The site, or one queue, in eight numbers. */

import type { AgentLine, QueueLine, QueueToday } from "@dryfly/words"
import type { ReactNode } from "react"
import type { Measure } from "../definitions.en"
import { Meaning } from "../parts/Meaning"
import { span } from "../say"
import { fineShare, NOTHING, say, seconds, share } from "./words"

const FALLING = 0.05

interface CardProps {
  readonly of: Measure
  readonly title: string
  readonly hint?: string
  readonly value: ReactNode
  readonly tone?: "red" | "amber"
  readonly children?: ReactNode
}

function Card({ of, title, hint, value, tone, children }: CardProps) {
  return (
    <div className="card kpi">
      <small>
        <Meaning of={of}>{title}</Meaning> {hint && <span className="xs">{hint}</span>}
      </small>
      <strong className={tone ? `time ${tone}` : "time"}>{value}</strong>
      <span className="s time">{children ?? " "}</span>
    </div>
  )
}

export interface Now {
  readonly waiting: number
  readonly oldest: number | null
  readonly overdue: number
  readonly ready: number
  readonly on: number
}

/** The queues' numbers together. */
export function together(queues: readonly QueueLine[], agents: readonly AgentLine[]): Now {
  const sum = (pick: (line: QueueLine) => number) => queues.reduce((total, line) => total + pick(line), 0)
  const oldest = Math.min(...queues.map((line) => line.oldest_since ?? Number.POSITIVE_INFINITY))
  const on = agents.filter(({ presence }) => presence !== "offline")
  return {
    waiting: sum((line) => line.waiting_count),
    oldest: Number.isFinite(oldest) ? oldest : null,
    overdue: sum((line) => line.overdue_count),
    ready: on.filter(({ presence, connected }) => presence === "ready" && connected).length,
    on: on.length,
  }
}

interface CardsProps {
  readonly figures: QueueToday | undefined
  readonly target_s: number | null
  readonly is: Now
  readonly withBot: number | null
  readonly now: number
}

export function Cards({ figures, target_s, is, withBot, now }: CardsProps) {
  const today = figures?.today
  const lately = figures?.lately.service_level ?? null
  const level = today?.service_level ?? null
  const isFalling = lately !== null && level !== null && lately < level - FALLING
  return (
    <div className="kpis">
      <Card
        of="service_level"
        title={say("service_level")}
        hint={target_s === null ? undefined : say("target", { time: span(target_s * 1000) })}
        value={share(level)}
      >
        {lately !== null && say("lately", { value: share(lately) })}{" "}
        {isFalling && <span className="chip amber">{say("falling")}</span>}
      </Card>
      <Card of="waiting" title={say("waiting")} value={is.waiting}>
        {is.oldest === null ? say("nobody_waits") : say("oldest", { ago: span(now - is.oldest) })}
      </Card>
      <Card of="asa" title={say("asa")} value={seconds(today?.asa_s ?? null)}>
        {today ? say("answered", { count: today.answered_count }) : NOTHING}
      </Card>
      <Card of="abandoned_share" title={say("abandoned")} value={fineShare(today?.abandoned_share ?? null)}>
        {today && say("of", { part: today.abandoned_count, whole: today.abandoned_count + today.answered_count })}
      </Card>
      <Card
        of="ready"
        title={say("ready")}
        value={is.ready}
        tone={is.ready === 0 && is.waiting > 0 ? "red" : undefined}
      >
        {say("of_on", { count: is.on })}
      </Card>
      <Card of="overdue" title={say("overdue")} value={is.overdue} tone={is.overdue > 0 ? "red" : undefined} />
      <Card of="solved_by_bot" title={say("solved_by_bot")} value={today?.solved_by_bot_count ?? NOTHING}>
        {withBot !== null && say("with_bot", { count: withBot })}
      </Card>
      <Card
        of="asked_twice"
        title={say("asked_twice")}
        value={today?.asked_twice_count ?? NOTHING}
        tone={today?.asked_twice_count ? "amber" : undefined}
      >
        {say("of_questions")}
      </Card>
    </div>
  )
}
