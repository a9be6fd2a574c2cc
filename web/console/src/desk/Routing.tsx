/** The routing of one contact: what stands in its way now, and how it came here. A part of its own, read on demand. */

import "../styles/routing.css"
import type { ErrorBody, InTheWay, RoutingPage, Values, WhyLine } from "@dryfly/words"
import { titleOf } from "@dryfly/words/desk"
import { useCallback, useEffect, useState } from "react"
import { ask } from "../api"
import { useDesk, useNow } from "../hooks"
import { ahead, sayError, span, speaking } from "../say"
import { en } from "./routing.en"
import { useWhyText } from "./useWhyText"

const say = speaking(en)
/** A code that a newer server knows is told as it is. */
const sayCode = (group: "reason" | "obstacle", code: string, values: Values): string =>
  `${group}.${code}` in en ? say(`${group}.${code}` as keyof typeof en, values) : code.replaceAll("_", " ")
const AGAIN_MS = 10_000

interface RoutingProps {
  readonly contact: string
  readonly queue: string | null
  /** Something that differs as soon as the contact is somewhere else. */
  readonly moved: string
  /** Only what stands in its way, where its story has no room. */
  readonly nowOnly?: boolean
}

export default function Routing({ contact, queue, moved, nowOnly = false }: RoutingProps) {
  const { page, error, again } = useRouting(contact, moved)
  if (page)
    return (
      <div className="routing">
        {page.in_the_way && <Way way={page.in_the_way} queue={queue} />}
        {!nowOnly && <Story lines={page.why} />}
        {nowOnly && !page.in_the_way && <p className="s">{say("reason.not_waiting")}</p>}
      </div>
    )
  if (!error) return <p className="s">{say("loading")}</p>
  return (
    <p className="s">
      {say("failed", { reason: sayError(error) })}{" "}
      <button type="button" className="link" onClick={again}>
        {say("retry")}
      </button>
    </p>
  )
}

/**
 * Read again when the contact moves, and for as long as it waits: who is in its way comes and goes without it. What was
 * read stays meanwhile.
 */
function useRouting(contact: string, moved: string) {
  const [page, setPage] = useState<RoutingPage | null>(null)
  const [error, setError] = useState<ErrorBody | null>(null)
  const [round, setRound] = useState(0)
  const again = useCallback(() => setRound((count) => count + 1), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of them asks again
  useEffect(() => {
    let isWanted = true
    const read = ask<RoutingPage>("GET", `talks/${encodeURIComponent(contact)}/routing`)
    read.then(
      (told) => {
        if (!isWanted) return
        setPage(told)
        setError(null)
      },
      (wrong: ErrorBody) => isWanted && setError(wrong),
    )
    return () => {
      isWanted = false
    }
  }, [contact, moved, round])
  const waits = page?.in_the_way != null
  useEffect(() => {
    if (!waits) return
    const timer = setInterval(() => document.hidden || again(), AGAIN_MS)
    return () => clearInterval(timer)
  }, [waits, again])
  return { page, error, again }
}

// ---- now ---------------------------------------------------------------------------------------

function Way({ way, queue }: { way: InTheWay; queue: string | null }) {
  const agents = useDesk((view) => view.desk?.agents)
  const now = useNow()
  const { waiting_since, due_at, ahead_count, relaxes_at } = way
  const values = { agent: titleOf(agents, way.agent), time: way.call_at === null ? "" : ahead(way.call_at, now) }
  return (
    <section aria-label={say("way")}>
      <h3>{say("way")}</h3>
      <p>
        <b>{sayCode("reason", way.reason, values)}</b>
      </p>
      <Obstacles obstacles={way.obstacles} />
      {waiting_since !== null && due_at !== null && (
        <p className="s time">
          {say("waited", { ago: span(now - waiting_since), time: ahead(due_at, now) })}{" "}
          {ahead_count !== null && say(ahead_count === 0 ? "first" : "ahead", { count: ahead_count })}
        </p>
      )}
      {relaxes_at.map((at) => (
        <p key={at} className="s time">
          {say("relaxes", { time: ahead(at, now) })}
        </p>
      ))}
      <Remedy reason={way.reason} queue={queue} />
    </section>
  )
}

/** Who has the skills now, by what keeps them; and who will have enough later. */
function Obstacles({ obstacles }: Pick<InTheWay, "obstacles">) {
  const able = obstacles.filter(({ code }) => code !== "not_yet")
  const later = obstacles.find(({ code }) => code === "not_yet")
  const told = able.map(({ code, agents_count: count }) => sayCode("obstacle", code, { count }))
  const count = able.reduce((sum, { agents_count }) => sum + agents_count, 0)
  return (
    <>
      {count > 0 && (
        <p className="s">
          {say("able", { count })} {told.join("; ")}.
        </p>
      )}
      {later && <p className="s">{say("obstacle.not_yet", { count: later.agents_count })}</p>}
    </>
  )
}

/** Where nobody has the skills, the set-up has the remedy: for those who see it. */
function Remedy({ reason, queue }: { reason: string; queue: string | null }) {
  const role = useDesk((view) => view.desk?.me.role)
  if (role === "agent" || !LACKING.has(reason)) return null
  return (
    <p>
      <a className="link s" href={`#/setup/matrix/${encodeURIComponent(queue ?? "")}`}>
        {say("matrix")}
      </a>
    </p>
  )
}

const LACKING: ReadonlySet<string> = new Set(["no_agent_with_skills", "not_yet"])

// ---- before ------------------------------------------------------------------------------------

function Story({ lines }: { lines: readonly WhyLine[] }) {
  const text = useWhyText()
  const now = useNow()
  if (lines.length === 0) return <p className="s">{say("nothing")}</p>
  return (
    <ol className="came" aria-label={say("title")}>
      {lines.map((line) => (
        <li key={`${line.seq} ${line.rule}`}>
          <span className="xs time">{ahead(line.at, now)}</span>
          <span>
            {text(line)} <Compared values={line.values} />
          </span>
        </li>
      ))}
    </ol>
  )
}

/** What else an offer went by. */
function Compared({ values }: Pick<WhyLine, "values">) {
  const { waited_ms, relaxed } = values
  if (waited_ms === undefined) return null
  const held = Number(relaxed ?? 0)
  return (
    <span className="xs">
      {say("compared", { ago: span(Number(waited_ms)) })} {held > 0 && say("relaxed", { count: held })}
    </span>
  )
}
