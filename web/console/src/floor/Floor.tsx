/** The supervisor's floor, now: who waits, who serves, and what can be done about one talk. */

import "../styles/floor.css"
import "@mantine/core/styles/Menu.css"
import "@mantine/core/styles/Popover.css"
import type { AgentLine, Board, Me, Named, QueueLine, Talk } from "@dryfly/words"
import { titleOf } from "@dryfly/words/desk"
import { Menu } from "@mantine/core"
import { nameOf } from "../desk/TalkList"
import { goTo, useClient, useDesk, useNow } from "../hooks"
import { say, span } from "../say"

const BEHIND_MS = 5_000
const NONE: readonly Named[] = []

export default function Floor({ me }: { me: Me }) {
  const board = useDesk((view) => view.board)
  const isLive = useDesk((view) => view.standing.is === "live")
  const now = useNow()
  if (!board) return <p className="empty">{say("floor.none")}</p>
  const behind = now - board.at
  return (
    <main className="floor">
      <div className="row">
        <h1>
          <b>
            {say("floor.title")} · {me.site_title}
          </b>
        </h1>
        <span className={isLive ? "chip river" : "chip amber"}>
          {isLive || behind < BEHIND_MS ? say("floor.live") : say("floor.age", { ago: span(behind) })}
        </span>
      </div>
      <Figures board={board} now={now} />
      <div className="mid">
        <Queues queues={board.queues} now={now} />
        <Agents agents={board.agents} now={now} />
      </div>
      <Talks talks={board.talks} me={me} now={now} />
    </main>
  )
}

function Figure({ title, hint, value, below }: { title: string; hint: string; value: number; below: string }) {
  return (
    <div className="card kpi" title={hint}>
      <small>{title}</small>
      <strong className="time">{value}</strong>
      <span className="s time">{below || " "}</span>
    </div>
  )
}

function Figures({ board, now }: { board: Board; now: number }) {
  const waiting = board.queues.reduce((sum, queue) => sum + queue.waiting_count, 0)
  const oldest = Math.min(...board.queues.map((queue) => queue.oldest_since ?? Number.POSITIVE_INFINITY))
  const signedIn = board.agents.filter((agent) => agent.presence !== "offline")
  const ready = signedIn.filter((agent) => agent.presence === "ready")
  const withBot = board.talks.filter((talk) => talk.state === "with_bot")
  const overdue = board.talks.filter((talk) => talk.reply_overdue)
  return (
    <div className="kpis">
      <Figure
        title={say("floor.waiting")}
        hint={say("floor.waiting_hint")}
        value={waiting}
        below={
          waiting > 0 && oldest < now ? say("floor.oldest", { ago: span(now - oldest) }) : say("floor.nobody_waits")
        }
      />
      <Figure
        title={say("floor.ready")}
        hint={say("floor.ready_hint")}
        value={ready.length}
        below={say("floor.of", { count: signedIn.length })}
      />
      <Figure
        title={say("floor.open")}
        hint={say("floor.open_hint")}
        value={board.talks.length}
        below={say("floor.with_bot", { count: withBot.length })}
      />
      <Figure title={say("floor.overdue")} hint={say("floor.overdue_hint")} value={overdue.length} below="" />
    </div>
  )
}

function Queues({ queues, now }: { queues: readonly QueueLine[]; now: number }) {
  return (
    <section className="card pad scroll" aria-label={say("floor.queues")}>
      <table>
        <thead>
          <tr>
            <th>{say("floor.queue")}</th>
            <th>{say("floor.waiting")}</th>
            <th>{say("floor.since")}</th>
            <th>{say("floor.ready")}</th>
          </tr>
        </thead>
        <tbody>
          {queues.map((queue) => (
            <tr key={queue.queue}>
              <td>
                <b>{queue.title}</b>{" "}
                {queue.waiting_count > 0 && queue.agents_ready_count === 0 && (
                  <span className="chip amber">{say("floor.nobody_ready")}</span>
                )}
              </td>
              <td className="time">{queue.waiting_count}</td>
              <td className="time">{queue.oldest_since === null ? "–" : span(now - queue.oldest_since)}</td>
              <td className="time">{queue.agents_ready_count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const ORDER = { ready: 0, away: 1, offline: 2 }

function Agents({ agents, now }: { agents: readonly AgentLine[]; now: number }) {
  const reasons = useDesk((view) => view.desk?.presence_reasons ?? NONE)
  const sorted = [...agents].sort(
    (one, other) => ORDER[one.presence] - ORDER[other.presence] || one.name.localeCompare(other.name),
  )
  return (
    <section className="card pad" aria-label={say("floor.agents")}>
      <h2>
        <b>{say("floor.agents")}</b>
      </h2>
      <div className="agents">
        {sorted.map((agent) => (
          <div key={agent.agent} className={`ag ${agent.presence}`}>
            <div className="row">
              <b className="grow cut">{agent.name}</b>
              <span className="xs">
                {agent.talks_count > 0 ? say("presence.talks", { count: agent.talks_count }) : ""}
              </span>
            </div>
            <div className="s time">
              {agent.reason ? titleOf(reasons, agent.reason) : say(`presence.${agent.presence}`)}
              {agent.presence !== "offline" && ` · ${span(now - agent.since)}`}
            </div>
          </div>
        ))}
      </div>
    </section>
  )
}

function Talks({ talks, me, now }: { talks: readonly Talk[]; me: Me; now: number }) {
  return (
    <section className="card pad scroll" aria-label={say("floor.talks")}>
      <h2>
        <b>{say("floor.talks")}</b>
      </h2>
      {talks.length === 0 ? (
        <p className="empty">{say("floor.no_talks")}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th>{say("floor.who")}</th>
              <th className="left">{say("floor.need")}</th>
              <th className="left">{say("floor.state")}</th>
              <th className="left">{say("floor.owner")}</th>
              <th>{say("floor.since")}</th>
              <th>
                <span className="sr">{say("floor.actions", { name: "" })}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {talks.map((talk) => (
              <TalkRow key={talk.contact} talk={talk} me={me} now={now} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function TalkRow({ talk, me, now }: { talk: Talk; me: Me; now: number }) {
  return (
    <tr>
      <td dir="auto">
        <button type="button" className="link" onClick={() => goTo("talk", talk.contact)}>
          {nameOf(talk)}
        </button>
      </td>
      <td className="left" dir="auto">
        {talk.need_title}
      </td>
      <td className="left">
        {say(`state.${talk.state}`)} {talk.reply_overdue && <span className="chip red">{say("list.overdue")}</span>}
      </td>
      <td className="left">{talk.owner_name}</td>
      <td className="time">{span(now - (talk.waiting_since ?? talk.opened_at))}</td>
      <td>
        <Actions talk={talk} me={me} />
      </td>
    </tr>
  )
}

function Actions({ talk, me }: { talk: Talk; me: Me }) {
  const client = useClient()
  const queues = useDesk((view) => view.desk?.queues ?? NONE)
  const { contact } = talk
  function listen(): void {
    client.ask({ do: "join", contact, role: "listening" })
    goTo("talk", contact)
  }
  function take(): void {
    client.ask({ do: "take_over", contact })
    goTo("talk", contact)
  }
  const release = (queue: string | null) => () => client.ask({ do: "release", contact, queue })
  const isOthers = talk.owner !== null && talk.owner !== me.agent
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <button type="button" className="btn quiet" aria-label={say("floor.actions", { name: nameOf(talk) })}>
          ⋯
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {me.agent && isOthers && <Menu.Item onClick={listen}>{say("floor.listen")}</Menu.Item>}
        {me.agent && talk.owner !== me.agent && <Menu.Item onClick={take}>{say("floor.take")}</Menu.Item>}
        <Menu.Label>{say("floor.release")}</Menu.Label>
        {queues.map((queue) => (
          <Menu.Item key={queue.id} onClick={release(queue.id)}>
            {say("floor.release_to", { queue: queue.title })}
          </Menu.Item>
        ))}
        <Menu.Item onClick={release(null)}>{say("floor.close")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
