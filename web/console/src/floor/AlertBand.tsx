/** What needs somebody now, each with its remedy. Most of the day it is not there. */

import type { AlertLine, QueueLine } from "@dryfly/words"
import { useState } from "react"
import { useClient } from "../hooks"
import { span } from "../say"
import { say, share } from "./words"

const SHOWN = 3

interface AlertBandProps {
  readonly alerts: readonly AlertLine[]
  readonly queues: readonly QueueLine[]
  readonly showTalks: (queue: string, state: "waiting" | "overdue") => void
  readonly now: number
}

export function AlertBand({ alerts, queues, showTalks, now }: AlertBandProps) {
  const [isAll, setIsAll] = useState(false)
  const shown = isAll ? alerts : alerts.slice(0, SHOWN)
  return (
    <section className="alerts" aria-label={say("alerts")} aria-live="polite">
      {shown.map((alert) => (
        <Alert key={alert.alert} alert={alert} queues={queues} showTalks={showTalks} now={now} />
      ))}
      {alerts.length > SHOWN && (
        <button type="button" className="btn quiet" onClick={() => setIsAll(!isAll)}>
          {isAll ? say("alert_less") : say("alert_more", { count: alerts.length - SHOWN })}
        </button>
      )}
    </section>
  )
}

export function sentenceOf(alert: AlertLine, queues: readonly QueueLine[]): string {
  const where = queues.find((line) => line.queue === alert.queue)?.title ?? say("alert_site")
  const { value } = alert
  return say(`alert.${alert.measure}`, { where, value, share: share(value), time: span(value * 1000) })
}

function Alert({ alert, queues, showTalks, now }: Omit<AlertBandProps, "alerts"> & { alert: AlertLine }) {
  const client = useClient()
  return (
    <div className={alert.seen_by ? "alert seen" : "alert"}>
      <span className="dot amber" />
      <p className="grow">
        <b>{sentenceOf(alert, queues)}</b>{" "}
        <span className="s time">{say("alert_since", { ago: span(now - alert.raised_at) })}</span>
      </p>
      <button
        type="button"
        className="btn"
        onClick={() => showTalks(alert.queue, alert.measure === "overdue" ? "overdue" : "waiting")}
      >
        {say("alert_talks")}
      </button>
      {alert.seen_by ? (
        <span className="s">{say("alert_taken", { name: alert.seen_by })}</span>
      ) : (
        <button type="button" className="btn" onClick={() => client.ask({ do: "see_alert", alert: alert.alert })}>
          {say("alert_take")}
        </button>
      )}
    </div>
  )
}
