/** The talk: its head, what was said, and what can be done about it. */

import type { ErrorBody, Me, Talk } from "@dryfly/words"
import { type Page, talkOf, titleOf } from "@dryfly/words/desk"
import { type ReactNode, useEffect, useRef } from "react"
import { useClient, useDesk, useNow } from "../hooks"
import { moment, say, sayCode, sayError } from "../say"
import { Brief } from "./Brief"
import { CallBack } from "./CallBack"
import { Colleagues } from "./Colleagues"
import { Company } from "./Company"
import { Flow } from "./Flow"
import { Foot } from "./Foot"
import { Merged } from "./Merged"
import { Survey } from "./Survey"
import { TalkActions } from "./TalkActions"
import { nameOf } from "./TalkList"
import { type Undo, UndoContext } from "./undo"
import { Whispers } from "./Whispers"

export function TalkPane({ contact, me }: { contact: string; me: Me }) {
  const talk = useDesk((view) => (contact ? talkOf(view, contact) : null))
  const page = useDesk((view) => view.pages[contact])
  const undo = useRef<Undo>(() => false)
  useLook(contact)
  if (!talk)
    return (
      <main className="talk">
        <Without contact={contact} error={page?.error ?? null} />
      </main>
    )
  return (
    <UndoContext value={undo}>
      <main className="talk">
        <Head talk={talk} me={me} />
        <CallBack talk={talk} me={me} />
        <Company talk={talk} me={me} />
        <Merged talk={talk} me={me} />
        {page?.page && <Brief page={page.page} />}
        <Said contact={contact} page={page} talk={talk} />
        {page?.page && talk.owner === me.agent && <Whispers page={page.page} />}
        {page?.page?.survey && <Survey survey={page.page.survey} />}
        <Foot talk={talk} me={me} />
      </main>
    </UndoContext>
  )
}

/** Where the words cannot be had, the talk can still be served: its line is known. */
function Said({ contact, page, talk }: { contact: string; page: Page | undefined; talk: Talk }) {
  if (page?.page) return <Flow contact={contact} page={page.page} talk={talk} />
  return (
    <div className="flow" aria-busy={!page?.error}>
      {page?.error && <Without contact={contact} error={page.error} />}
    </div>
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

function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <b>{title}</b>
      {children}
    </div>
  )
}

/** None is chosen, or the one that is has not come, or cannot. */
function Without({ contact, error }: { contact: string; error: ErrorBody | null }) {
  const client = useClient()
  if (!contact)
    return (
      <Empty title={say("talk.none")}>
        <p className="s">{say("talk.none_hint")}</p>
      </Empty>
    )
  if (error === null) return <Empty title={say("talk.loading")} />
  return (
    <Empty title={say("talk.failed", { reason: sayError(error) })}>
      <button type="button" className="btn" onClick={() => client.open(contact)}>
        {say("talk.retry")}
      </button>
    </Empty>
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
