/** The open talks, a page at a time: overdue replies first, then who waits, then the newest. Beside them, call backs. */

import type { FloorTalks, Me, Talk, TalksAsked } from "@dryfly/words"
import { lazy, type ReactNode, Suspense, useState } from "react"
import { waits, whereabouts } from "../desk/HowItCame"
import { nameOf } from "../desk/TalkList"
import { goTo, useClient } from "../hooks"
import { Menu, MenuItem } from "../parts/Menu"
import { moment, say as sayDesk, span } from "../say"
import { Calls } from "./Calls"
import type { Deed } from "./Deeds"
import { say } from "./words"

const Routing = lazy(() => import("../desk/Routing"))
const PAGE = 50
const STATES = ["waiting", "offered", "active", "parked", "wrap_up", "with_bot"] as const

interface TalksProps {
  readonly list: FloorTalks | null
  readonly asked: Required<TalksAsked>
  readonly ask: (changes: Partial<TalksAsked>) => void
  readonly agentName: string
  /** How many are to be called back. */
  readonly calls: number
  readonly me: Me
  readonly begin: (deed: Deed) => void
  readonly now: number
}

/** What was asked for last may still be on its way: another list is none. */
export function Talks({ list, ...props }: TalksProps) {
  const { asked, ask, calls } = props
  const told = list?.asked.calls === asked.calls ? list : null
  const tabs = <Tabs isCalls={asked.calls} calls={calls} ask={ask} />
  const pages = told && <Pages list={told} ask={ask} />
  if (!asked.calls) return <OpenTalks {...props} list={told} tabs={tabs} pages={pages} />
  const head = (
    <div className="row wrap">
      {tabs}
      <span className="grow" />
      {pages}
    </div>
  )
  return <Calls list={told} queue={asked.queue} calls={calls} head={head} begin={props.begin} now={props.now} />
}

function Tabs({ isCalls, calls, ask }: { isCalls: boolean; calls: number; ask: TalksProps["ask"] }) {
  const turn = (to: boolean) => () => to !== isCalls && ask({ ...EVERYTHING, calls: to })
  return (
    <h2 className="row listtabs">
      <button type="button" className="btn quiet" aria-pressed={!isCalls} onClick={turn(false)}>
        {say("talks")}
      </button>
      <button type="button" className="btn quiet" aria-pressed={isCalls} onClick={turn(true)}>
        {say("calls_tab")} {calls > 0 && <span className="chip time">{calls}</span>}
      </button>
    </h2>
  )
}

/** The queue stays as it is chosen above. */
const EVERYTHING = { state: null, agent: "", overdue: false } as const

type OpenTalksProps = Omit<TalksProps, "calls"> & { readonly tabs: ReactNode; readonly pages: ReactNode }

function OpenTalks({ list, asked, ask, agentName, tabs, pages, me, begin, now }: OpenTalksProps) {
  const talks = list?.talks ?? []
  return (
    <section className="card pad scroll" aria-label={say("talks")} id="open-talks">
      <div className="row wrap">
        {tabs}
        <StateFilter asked={asked} ask={ask} />
        {asked.agent && (
          <button type="button" className="btn quiet" onClick={() => ask({ agent: "" })}>
            {say("of_agent", { name: agentName })} × <span className="sr">{say("clear_agent")}</span>
          </button>
        )}
        <span className="grow" />
        {pages}
      </div>
      {talks.length === 0 ? (
        <p className="empty">{list ? say("no_talks") : say("loading")}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th>{say("who")}</th>
              <th className="left">{say("need")}</th>
              <th className="left">{say("state")}</th>
              <th className="left">{say("owner")}</th>
              <th>{say("since_col")}</th>
              <th>
                <span className="sr">{say("actions", { name: "" })}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {talks.map((talk) => (
              <Row key={talk.contact} talk={talk} me={me} begin={begin} now={now} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function StateFilter({ asked, ask }: Pick<TalksProps, "asked" | "ask">) {
  const value = asked.overdue ? "overdue" : (asked.state ?? "")
  const change = (chosen: string) =>
    ask({
      overdue: chosen === "overdue",
      state: STATES.find((state) => state === chosen) ?? null,
    })
  return (
    <select aria-label={say("filter_state")} value={value} onChange={(event) => change(event.target.value)}>
      <option value="">{say("state_all")}</option>
      <option value="overdue">{say("state_overdue")}</option>
      {STATES.map((state) => (
        <option key={state} value={state}>
          {sayDesk(`state.${state}`)}
        </option>
      ))}
    </select>
  )
}

function Pages({ list, ask }: { list: FloorTalks; ask: TalksProps["ask"] }) {
  const { asked, count, talks } = list
  const page = asked.page ?? 0
  const first = page * PAGE
  if (count === 0) return null
  return (
    <>
      <span className="s time">{say("talks_of", { from: first + 1, to: first + talks.length, count })}</span>
      {count > PAGE && (
        <>
          <button
            type="button"
            className="btn quiet"
            aria-label={say("before")}
            disabled={page === 0}
            onClick={() => ask({ page: page - 1 })}
          >
            ‹
          </button>
          <button
            type="button"
            className="btn quiet"
            aria-label={say("next")}
            disabled={first + PAGE >= count}
            onClick={() => ask({ page: page + 1 })}
          >
            ›
          </button>
        </>
      )}
    </>
  )
}

interface RowProps {
  readonly talk: Talk
  readonly me: Me
  readonly begin: (deed: Deed) => void
  readonly now: number
}

const called = ({ at }: NonNullable<Talk["call"]>, now: number): string =>
  at === null ? say("called_in_turn") : say("called_at", { time: moment(at, now) })

function Row({ talk, me, begin, now }: RowProps) {
  const [isOpen, setOpen] = useState(false)
  const isAsked = isOpen && waits(talk)
  return (
    <>
      <tr>
        <th scope="row" dir="auto">
          <button type="button" className="link" onClick={() => goTo("talk", talk.contact)}>
            {nameOf(talk)}
          </button>
        </th>
        <td className="left" dir="auto">
          {talk.need_title}
        </td>
        <td className="left">
          {sayDesk(`state.${talk.state}`)}{" "}
          {waits(talk) && (
            <button type="button" className="link s whyask" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {say("why")}
              <span className="sr"> {say("why_of", { name: nameOf(talk) })}</span>
            </button>
          )}{" "}
          {talk.reply_overdue && <span className="chip red">{say("overdue_chip")}</span>}
          {talk.call && <span className="chip river">{called(talk.call, now)}</span>}
        </td>
        <td className="left" dir="auto">
          {talk.owner_name}
        </td>
        <td className="time">{span(now - (talk.waiting_since ?? talk.opened_at))}</td>
        <td>
          <TalkMenu talk={talk} me={me} begin={begin} />
        </td>
      </tr>
      {isAsked && (
        <tr className="whyrow">
          <td colSpan={6}>
            <Suspense fallback={<p className="s">{say("why_loading")}</p>}>
              <Routing contact={talk.contact} queue={talk.queue} moved={whereabouts(talk)} nowOnly />
            </Suspense>
          </td>
        </tr>
      )}
    </>
  )
}

function TalkMenu({ talk, me, begin }: Omit<RowProps, "now">) {
  const client = useClient()
  const { contact, owner, queue } = talk
  const isOthers = owner !== null && owner !== me.agent
  function listen(): void {
    client.ask({ do: "join", contact, role: "listening" })
    goTo("talk", contact)
  }
  function take(): void {
    client.ask({ do: "take_over", contact, seen: { owner, queue } })
    goTo("talk", contact)
  }
  return (
    <Menu className="btn quiet small" label={say("actions", { name: nameOf(talk) })} face="⋯">
      <MenuItem onClick={() => goTo("talk", contact)}>{say("open_talk")}</MenuItem>
      {me.agent && isOthers && <MenuItem onClick={listen}>{say("listen")}</MenuItem>}
      {isOthers && <MenuItem onClick={() => begin({ is: "whisper", talk })}>{say("whisper")}</MenuItem>}
      {me.agent && queue && owner !== me.agent && <MenuItem onClick={take}>{say("take")}</MenuItem>}
      <MenuItem onClick={() => begin({ is: "move", talk })}>{say("give")}</MenuItem>
      <MenuItem onClick={() => begin({ is: "close", talk })}>{say("close")}</MenuItem>
    </Menu>
  )
}
