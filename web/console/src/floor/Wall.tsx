/** The floor for a big screen: a few huge numbers, nothing to press, nothing that moves by itself. */

import type { AgentLine, AlertLine, QueueLine, Today } from "@dryfly/words"
import { useEffect } from "react"
import { moment, span } from "../say"
import { sentenceOf } from "./AlertBand"
import { AlertSound } from "./AlertSound"
import { together } from "./Cards"
import { NOTHING, say, share } from "./words"

const QUEUES_SHOWN = 8
const TURN_MS = 20_000
const TELL_MS = 5 * 60_000

interface WallProps {
  readonly title: string
  readonly queues: readonly QueueLine[]
  readonly agents: readonly AgentLine[]
  readonly alerts: readonly AlertLine[]
  readonly today: Today | null
  readonly isLive: boolean
  readonly at: number
  readonly now: number
  readonly leave: () => void
  readonly tell: () => void
}

export function Wall(props: WallProps) {
  const { title, queues, agents, alerts, today, isLive, at, now, leave, tell } = props
  const is = together(queues, agents)
  const level = today?.site.today.service_level ?? null
  useStay(tell)
  return (
    <main className={isLive ? "wall" : "wall stale"}>
      <header className="wall-head">
        <h1>{title}</h1>
        <span className={isLive ? "chip river" : "chip amber"}>
          {isLive ? say("live") : say("behind", { ago: span(now - at) })}
        </span>
        <AlertSound isWall />
        <span className="grow" />
        <span className="time">{moment(now, now)}</span>
        <button type="button" className="sr wall-leave" onClick={leave}>
          {say("leave_wall")}
        </button>
      </header>
      <div className="wall-figures">
        <Figure name={say("waiting")} value={`${is.waiting}`} tone={is.ready === 0 && is.waiting > 0 ? "red" : ""}>
          {is.oldest === null ? say("nobody_waits") : say("oldest", { ago: span(now - is.oldest) })}
        </Figure>
        <Figure name={say("service_level")} value={share(level)} tone="">
          {today ? say("lately", { value: share(today.site.lately.service_level) }) : NOTHING}
        </Figure>
        <Figure name={say("ready")} value={`${is.ready}`} tone="">
          {say("of_on", { count: is.on })}
        </Figure>
      </div>
      <WallQueues queues={queues} today={today} now={now} />
      <p className="wall-alert" aria-live="polite">
        {alerts[0] && <span className="chip amber">{sentenceOf(alerts[0], queues)}</span>}
      </p>
    </main>
  )
}

function Figure({ name, value, tone, children }: { name: string; value: string; tone: string; children: string }) {
  return (
    <div className="wall-figure">
      <span className="wall-name">{name}</span>
      <strong className={`time ${tone}`}>{value}</strong>
      <span className="wall-below time">{children}</span>
    </div>
  )
}

/** Only where there are more queues than fit, the next ones take their turn. */
function WallQueues({ queues, today, now }: Pick<WallProps, "queues" | "today" | "now">) {
  const turns = Math.max(1, Math.ceil(queues.length / QUEUES_SHOWN))
  const turn = Math.floor(now / TURN_MS) % turns
  const shown = queues.slice(turn * QUEUES_SHOWN, (turn + 1) * QUEUES_SHOWN)
  const figures = new Map(today?.queues.map((line) => [line.queue, line]))
  return (
    <table className="wall-queues">
      <thead>
        <tr>
          <th>{say("queue")}</th>
          <th>{say("waiting")}</th>
          <th>{say("col_oldest")}</th>
          <th>{say("col_level")}</th>
          <th>{say("col_ready")}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((line) => (
          <tr key={line.queue}>
            <th scope="row">{line.title}</th>
            <td className="time">{line.waiting_count}</td>
            <td className="time">{line.oldest_since === null ? NOTHING : span(now - line.oldest_since)}</td>
            <td className="time">{share(figures.get(line.queue)?.today.service_level ?? null)}</td>
            <td className={line.waiting_count > 0 && line.agents_ready_count === 0 ? "time red" : "time"}>
              {line.agents_ready_count} / {line.agents_on_count}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Nobody touches a wall: its page says that it is in use, and keeps the screen awake where it may. */
function useStay(tell: () => void): void {
  useEffect(() => {
    const timer = setInterval(tell, TELL_MS)
    const lock = navigator.wakeLock?.request("screen").catch(() => null)
    return () => {
      clearInterval(timer)
      lock?.then((held) => held?.release())
    }
  }, [tell])
}
