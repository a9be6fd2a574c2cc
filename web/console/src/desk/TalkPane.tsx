/** The talk: its head, what was said, and what can be done about it. */

import type { Me, Talk } from "@dryfly/words"
import { talkOf, titleOf } from "@dryfly/words/desk"
import { type ReactNode, useEffect, useRef } from "react"
import { goTo, useClient, useDesk, useNow } from "../hooks"
import { dayAndTime, moment, say, sayCode, sayError } from "../say"
import { Brief } from "./Brief"
import { CallBack } from "./CallBack"
import { Colleagues } from "./Colleagues"
import { Company } from "./Company"
import { Composer } from "./Composer"
import { Flow } from "./Flow"
import { Guest } from "./Guest"
import { Merged, WentOn } from "./Merged"
import { Survey } from "./Survey"
import { TalkActions } from "./TalkActions"
import { nameOf } from "./TalkList"
import { type Undo, UndoContext } from "./undo"
import { Whispers } from "./Whispers"
import { WrapUp } from "./WrapUp"

export function TalkPane({ contact, me }: { contact: string; me: Me }) {
  const talk = useDesk((view) => (contact ? talkOf(view, contact) : null))
  const page = useDesk((view) => view.pages[contact])
  const client = useClient()
  const undo = useRef<Undo>(() => false)
  useLook(contact)
  if (!contact) return <Empty title={say("talk.none")} hint={say("talk.none_hint")} />
  if (page?.error && !page.page)
    return (
      <Empty title={say("talk.failed", { reason: sayError(page.error) })}>
        <button type="button" className="btn" onClick={() => client.open(contact)}>
          {say("talk.retry")}
        </button>
      </Empty>
    )
  if (!talk) return <Empty title={say("talk.loading")} />
  return (
    <UndoContext value={undo}>
      <main className="talk">
        <Head talk={talk} me={me} />
        <CallBack talk={talk} me={me} />
        <Company talk={talk} me={me} />
        <Merged talk={talk} me={me} />
        {page?.page && <Brief page={page.page} />}
        {page?.page ? (
          <Flow contact={contact} page={page.page} talk={talk} />
        ) : (
          <div className="flow" aria-busy="true" />
        )}
        {page?.page && talk.owner === me.agent && <Whispers page={page.page} />}
        {page?.page?.survey && <Survey survey={page.page.survey} />}
        <Foot talk={talk} me={me} />
      </main>
    </UndoContext>
  )
}

/** Colleagues see that I have it before me, for as long as I do. */
function useLook(contact: string): void {
  const { look } = useClient()
  useEffect(() => {
    if (!contact) return
    look(contact)
    return () => look(null)
  }, [look, contact])
}

function Empty({ title, hint, children }: { title: string; hint?: string; children?: ReactNode }) {
  return (
    <main className="talk">
      <div className="empty">
        <b>{title}</b>
        {hint && <p className="s">{hint}</p>}
        {children}
      </div>
    </main>
  )
}

function Head({ talk, me }: { talk: Talk; me: Me }) {
  const queues = useDesk((view) => view.desk?.queues)
  const now = useNow()
  const isMine = talk.owner !== null && talk.owner === me.agent && (talk.state === "active" || talk.state === "parked")
  return (
    <header className="head">
      <div className="grow">
        <div className="names">
          <h1 className="cut" dir="auto">
            {nameOf(talk)}
          </h1>
          <span className={talk.identity_level >= 2 ? "chip river" : "chip"}>
            {sayCode("identity", `${talk.identity_level}`, {})}
          </span>
          <Colleagues contact={talk.contact} me={me} />
          {talk.queue && <span className="chip">{titleOf(queues, talk.queue)}</span>}
        </div>
        <p className="s cut">{[talk.need_title, since(talk, me, now)].filter(Boolean).join(" · ")}</p>
      </div>
      {isMine && <TalkActions talk={talk} me={me} />}
    </header>
  )
}

function since(talk: Talk, me: Me, now: number): string {
  const time = moment(talk.opened_at, now)
  if (talk.state === "closed") return sayCode("state", talk.state, {})
  if (talk.owner === me.agent) return say("talk.since", { time })
  return talk.owner ? say("talk.with", { name: talk.owner_name, time }) : sayCode("state", talk.state, {})
}

/** What this person may do in this talk now. */
function Foot({ talk, me }: { talk: Talk; me: Me }) {
  const client = useClient()
  const isMine = talk.owner !== null && talk.owner === me.agent
  const role = talk.participants.find((participant) => participant.agent === me.agent)?.role
  if (isMine && talk.state === "wrap_up") return <WrapUp talk={talk} />
  if (isMine && talk.state === "active") return <Composer talk={talk} />
  if (talk.main) return <WentOn main={talk.main} me={me} bar={(text, more) => <Bar text={text}>{more}</Bar>} />
  if (talk.state === "closed") return <Bar text={say("talk.closed")} />
  if (role === "listening")
    return (
      <Bar text={say("talk.listening")}>
        <button
          type="button"
          className="btn"
          onClick={() => {
            client.ask({ do: "part", contact: talk.contact })
            goTo("floor")
          }}
        >
          {say("talk.leave")}
        </button>
      </Bar>
    )
  if (role) return <Guest key={role} talk={talk} role={role} />
  if (isMine) return <Bar text={parked(talk)} />
  return <Bar text={talk.owner ? say("talk.not_yours", { name: talk.owner_name }) : say("talk.waiting")} />
}

const parked = ({ snoozed_until }: Talk): string =>
  snoozed_until === null ? say("talk.parked") : say("talk.snoozed", { time: dayAndTime(snoozed_until) })

function Bar({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <div className="bar">
      <span className="grow s">{text}</span>
      {children}
    </div>
  )
}
