/** The supervisor's floor, now: numbers, queues, agents, talks, and what can be done about each. */

import "../styles/floor.css"
import type { AgentLine, Me, TalksAsked } from "@dryfly/words"
import type { Board } from "@dryfly/words/floor"
import { useCallback, useEffect, useMemo, useState } from "react"
import { goTo, useClient, useDesk, useKeys, useNow, useRoute } from "../hooks"
import { Meaning } from "../parts/Meaning"
import { moment, span } from "../say"
import { Agents } from "./Agents"
import { AlertBand } from "./AlertBand"
import { AlertSound } from "./AlertSound"
import { Came } from "./Came"
import { Cards, together } from "./Cards"
import { type Deed, DeedDialog } from "./Deeds"
import { Queues } from "./Queues"
import { Talks } from "./Talks"
import { Wall } from "./Wall"
import { say } from "./words"

const BEHIND_MS = 20_000
const ALL: Required<TalksAsked> = { queue: "", state: null, agent: "", overdue: false, calls: false, page: 0 }

/** Says that the floor is before somebody, for as long as it is. */
function useFloor(isWall: boolean) {
  const client = useClient()
  const [asked, setAsked] = useState(ALL)
  const tell = useCallback(
    () => client.lookAtFloor({ on: true, talks: isWall ? null : asked }),
    [client, asked, isWall],
  )
  useEffect(tell, [tell])
  useEffect(() => () => client.lookAtFloor(null), [client])
  const ask = useCallback(
    (changes: Partial<TalksAsked>) => setAsked((known) => ({ ...known, page: 0, ...changes })),
    [],
  )
  return { asked, ask, tell }
}

export default function Floor({ me }: { me: Me }) {
  const [, mode] = useRoute()
  const isWall = mode === "wall"
  const floor = useDesk((view) => view.floor)
  const isLive = useDesk((view) => view.standing.is === "live")
  const now = useNow()
  const { asked, ask, tell } = useFloor(isWall)
  const leave = useCallback(() => goTo("floor"), [])
  useKeys(
    useMemo(
      () => ({ w: () => goTo(...(isWall ? ["floor"] : ["floor", "wall"])), Escape: () => isWall && leave() }),
      [isWall, leave],
    ),
  )
  const { board } = floor
  if (!board) return <p className="empty">{say("loading")}</p>
  if (isWall)
    return (
      <Wall
        {...floor}
        title={me.site_title}
        queues={board.queues}
        agents={board.agents}
        isLive={isLive}
        at={board.at}
        now={now}
        leave={leave}
        tell={tell}
      />
    )
  return <Screen me={me} board={board} asked={asked} ask={ask} isLive={isLive} now={now} />
}

interface ScreenProps {
  readonly me: Me
  readonly board: Board
  readonly asked: Required<TalksAsked>
  readonly ask: (changes: Partial<TalksAsked>) => void
  readonly isLive: boolean
  readonly now: number
}

function Screen({ me, board, asked, ask, isLive, now }: ScreenProps) {
  const client = useClient()
  const { today, alerts, list } = useDesk((view) => view.floor)
  const [team, setTeam] = useState("")
  const [deed, setDeed] = useState<Deed | null>(null)
  const chosen = board.queues.find((line) => line.queue === asked.queue)
  const queues = chosen ? [chosen] : board.queues
  const agents = useMemo(
    () =>
      board.agents.filter(
        (agent) => (!team || agent.team === team) && (!asked.queue || agent.queues.includes(asked.queue)),
      ),
    [board.agents, team, asked.queue],
  )
  const figures = asked.queue ? today?.queues.find((line) => line.queue === asked.queue) : today?.site
  const choose = (queue: string) => ask({ queue: queue === asked.queue ? "" : queue })
  const toTalks = (changes: Partial<TalksAsked>) => {
    ask({ ...ALL, ...changes })
    document.getElementById("open-talks")?.scrollIntoView({ block: "start" })
  }
  const deeds = {
    away: (agent: AgentLine) => client.ask({ do: "set_agent", agent: agent.agent, presence: "away" }),
    signOut: (agent: AgentLine) => setDeed({ is: "sign_out", agent }),
    theirTalks: (agent: AgentLine) => toTalks({ agent: agent.agent }),
  }
  return (
    <main className="floor">
      <div className="row wrap">
        <h1>
          <b>
            {say("title")} · <bdi>{me.site_title}</bdi>
          </b>
        </h1>
        <span className={isLive ? "chip river" : "chip amber"}>
          {isLive || now - board.at < BEHIND_MS ? say("live") : say("behind", { ago: span(now - board.at) })}
        </span>
        {today && (
          <span className="xs">
            {say("since", { time: moment(today.since, now) })}{" "}
            {today.test_count > 0 && <Meaning of="test">{say("left_out", { count: today.test_count })}</Meaning>}
          </span>
        )}
        {board.counts.calls_count > 0 && (
          <span className="xs">
            <Meaning of="calls">{calls(board.counts, now)}</Meaning>{" "}
            <button type="button" className="link" onClick={() => toTalks({ calls: true })}>
              {say("calls_show")}
            </button>
          </span>
        )}
        <span className="grow" />
        <Filters board={board} queue={asked.queue} team={team} ask={ask} setTeam={setTeam} />
        <AlertSound />
        <button type="button" className="btn" onClick={() => goTo("floor", "wall")}>
          {say("wall")} <kbd>W</kbd>
        </button>
      </div>
      <AlertBand
        alerts={alerts}
        queues={board.queues}
        now={now}
        showTalks={(queue, state) =>
          toTalks(state === "overdue" ? { queue, overdue: true } : { queue, state: "waiting" })
        }
      />
      <Cards
        figures={figures}
        target_s={targetOf(queues)}
        is={together(queues, agents)}
        withBot={chosen ? null : board.counts.with_bot_count}
        now={now}
      />
      <div className="mid">
        <Came figures={figures} since={today?.since ?? 0} now={now} />
        <Agents agents={agents} deeds={deeds} now={now} />
      </div>
      <Queues queues={board.queues} today={today} chosen={asked.queue} choose={choose} now={now} />
      <Talks
        list={list}
        asked={asked}
        ask={ask}
        agentName={board.agents.find(({ agent }) => agent === asked.agent)?.name ?? ""}
        calls={board.counts.calls_count}
        me={me}
        begin={setDeed}
        now={now}
      />
      {deed && <DeedDialog deed={deed} close={() => setDeed(null)} />}
    </main>
  )
}

function calls({ calls_count, next_call_at }: Board["counts"], now: number): string {
  const told = say("calls", { count: calls_count })
  return next_call_at === null ? told : `${told}, ${say("calls_next", { time: moment(next_call_at, now) })}`
}

/** The one target of all these queues, if they have one. */
function targetOf(queues: Board["queues"]): number | null {
  const targets = new Set(queues.map((line) => line.target_s))
  return targets.size === 1 ? ([...targets][0] ?? null) : null
}

interface FiltersProps {
  readonly board: Board
  readonly queue: string
  readonly team: string
  readonly ask: (changes: Partial<TalksAsked>) => void
  readonly setTeam: (team: string) => void
}

function Filters({ board, queue, team, ask, setTeam }: FiltersProps) {
  const teams = useMemo(() => [...new Set(board.agents.map((agent) => agent.team))].filter(Boolean).sort(), [board])
  return (
    <>
      <select aria-label={say("filter_queue")} value={queue} onChange={(event) => ask({ queue: event.target.value })}>
        <option value="">{say("filter_all")}</option>
        {board.queues.map((line) => (
          <option key={line.queue} value={line.queue}>
            {line.title}
          </option>
        ))}
      </select>
      {teams.length > 1 && (
        <select aria-label={say("filter_team")} value={team} onChange={(event) => setTeam(event.target.value)}>
          <option value="">{say("filter_all_teams")}</option>
          {teams.map((title) => (
            <option key={title}>{title}</option>
          ))}
        </select>
      )}
    </>
  )
}
