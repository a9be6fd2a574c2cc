/** Who is there and how loaded, those who need somebody first. */

import type { AgentLine, Named } from "@dryfly/words"
import { titleOf } from "@dryfly/words/desk"
import { useMemo, useState } from "react"
import { useDesk } from "../hooks"
import { Meaning } from "../parts/Meaning"
import { Menu, MenuItem } from "../parts/Menu"
import { say as sayDesk, span } from "../say"
import { byAttention, needOf } from "./attention"
import { say } from "./words"

const SHOWN = 48
const NONE: readonly Named[] = []

export interface AgentDeeds {
  readonly away: (agent: AgentLine) => void
  readonly signOut: (agent: AgentLine) => void
  readonly theirTalks: (agent: AgentLine) => void
}

export function Agents({ agents, deeds, now }: { agents: readonly AgentLine[]; deeds: AgentDeeds; now: number }) {
  const [isAll, setIsAll] = useState(false)
  const [withOffline, setWithOffline] = useState(false)
  const sorted = useMemo(() => byAttention(agents, now), [agents, now])
  const on = sorted.filter(({ presence }) => presence !== "offline")
  const ready = on.filter(({ presence, connected }) => presence === "ready" && connected)
  const need = on.filter((agent) => needOf(agent, now) !== null)
  const wanted = withOffline ? sorted : on
  const shown = isAll ? wanted : wanted.slice(0, SHOWN)
  const offline = sorted.length - on.length
  return (
    <section className="card pad" aria-label={say("agents")}>
      <div className="row wrap">
        <h2 className="grow">
          <Meaning of="load">
            <b>{say("agents")}</b>
          </Meaning>
        </h2>
        <span className="s">{say("agents_head", { on: on.length, ready: ready.length })}</span>
        {need.length > 0 && <span className="chip amber">{say("agents_need", { count: need.length })}</span>}
      </div>
      {shown.length === 0 && <p className="empty">{say("no_agents")}</p>}
      <ul className="agents">
        {shown.map((agent) => (
          <Tile key={agent.agent} agent={agent} deeds={deeds} now={now} />
        ))}
      </ul>
      <div className="row wrap">
        {wanted.length > shown.length && (
          <button type="button" className="btn quiet" onClick={() => setIsAll(true)}>
            {say("more_agents", { count: wanted.length - shown.length })}
          </button>
        )}
        {offline > 0 && (
          <button type="button" className="btn quiet" onClick={() => setWithOffline(!withOffline)}>
            {withOffline ? say("hide_offline") : say("show_offline", { count: offline })}
          </button>
        )}
      </div>
    </section>
  )
}

const TONES = { lost: "red", overdue: "red", over: "amber" } as const

function Tile({ agent, deeds, now }: { agent: AgentLine; deeds: AgentDeeds; now: number }) {
  const reasons = useDesk((view) => view.desk?.presence_reasons ?? NONE)
  const need = needOf(agent, now)
  const talks = say("load_talks", { count: agent.talks_count })
  return (
    <li className={`ag ${need ? TONES[need] : agent.presence}`}>
      <div className="row">
        <b className="grow cut" dir="auto">
          {agent.name}
        </b>
        {agent.presence !== "offline" && <AgentMenu agent={agent} deeds={deeds} />}
      </div>
      <div className="s time cut">{standing(agent, reasons, now)}</div>
      <div className="row">
        <progress
          max={Math.max(1, agent.units_max)}
          value={agent.units}
          aria-label={say("load", { units: agent.units, max: agent.units_max, talks })}
        />
        <span className="xs time">{talks}</span>
      </div>
      <div className="xs time need">{needed(agent, now)}</div>
    </li>
  )
}

function standing(agent: AgentLine, reasons: readonly Named[], now: number): string {
  if (agent.lost_until !== null) return say("lost")
  const is = agent.reason ? titleOf(reasons, agent.reason) : sayDesk(`presence.${agent.presence}`)
  return agent.presence === "offline" ? is : `${is} · ${span(now - agent.since)}`
}

function needed(agent: AgentLine, now: number): string {
  switch (needOf(agent, now)) {
    case "lost":
      return say("lost_goes", { left: span((agent.lost_until ?? now) - now) })
    case "overdue":
      return say("replies_overdue", { count: agent.overdue_count })
    case "over":
      return say("over", { time: span(now - (agent.over_at ?? now)) })
    default:
      return " "
  }
}

function AgentMenu({ agent, deeds }: { agent: AgentLine; deeds: AgentDeeds }) {
  return (
    <Menu className="btn quiet small" label={say("agent_actions", { name: agent.name })} face="⋯">
      <MenuItem onClick={() => deeds.theirTalks(agent)}>{say("their_talks")}</MenuItem>
      <MenuItem onClick={() => deeds.away(agent)}>{say("set_away")}</MenuItem>
      <MenuItem onClick={() => deeds.signOut(agent)}>{say("sign_out")}</MenuItem>
    </Menu>
  )
}
