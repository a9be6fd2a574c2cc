/** Offers first, then the talks: who, need, and the clock that matters now. */

import { type DeskState, straight, type Talk } from "@dryfly/words"
import { memo, useEffect, useMemo, useRef } from "react"
import { goTo, useDesk, useNow } from "../hooks"
import { age, ahead, moment, say, sayCode, span } from "../say"
import { CallChip } from "./CallBack"
import { MentionCard } from "./MentionCard"
import { OfferCard } from "./OfferCard"
import { RequestCard } from "./RequestCard"
import { WhisperCard } from "./WhisperCard"

const SOON_MS = 60_000
const NONE: readonly Talk[] = []

type Part = "mine" | "wrap_up" | "joined" | "parked"
const PARTS: readonly Part[] = ["wrap_up", "mine", "joined", "parked"]

function partOf(talk: Talk, agent: string | null): Part {
  if (talk.owner !== agent) return "joined"
  if (talk.state === "parked") return "parked"
  return talk.state === "wrap_up" ? "wrap_up" : "mine"
}

export const nameOf = (talk: Talk): string => straight(talk.customer_name) || say("list.visitor")

/** The one thing about time that the agent should know of this talk. */
function Clock({ talk }: { talk: Talk }) {
  const now = useNow()
  const isTyping = useDesk((view) => (view.typing[talk.contact] ?? 0) > Date.now())
  if (talk.reply_overdue) return <span className="chip red">{say("list.overdue")}</span>
  if (talk.wrap_up_until !== null && talk.state === "wrap_up")
    return <span className="chip violet time">{say("list.wrap", { left: span(talk.wrap_up_until - now) })}</span>
  if (talk.reply_due_at !== null) {
    const left = talk.reply_due_at - now
    const colour = left < 0 ? "red" : left < SOON_MS ? "amber" : ""
    return <span className={`chip time ${colour}`}>{say("list.reply", { left: span(left) })}</span>
  }
  if (talk.held) return <span className="chip">{say("list.held")}</span>
  if (isTyping) return <span className="chip">{say("list.typing")}</span>
  if (talk.snoozed_until !== null)
    return <span className="chip">{say("list.until", { time: ahead(talk.snoozed_until, now) })}</span>
  if (talk.woken) return <span className="chip amber">{say("list.woken")}</span>
  if (talk.state === "parked")
    return <span className="chip time">{say("list.quiet", { ago: age(now - talk.changed_at) })}</span>
  return null
}

/** Drawn anew when its talk changes. What changes by itself, with time, are the parts that look at the clock. */
const Row = memo(function Row({ talk, isOpen }: { talk: Talk; isOpen: boolean }) {
  return (
    <button
      type="button"
      className={talk.state === "parked" ? "talkrow faint" : "talkrow"}
      aria-current={isOpen}
      onClick={() => goTo("talk", talk.contact)}
    >
      <span className="row">
        <b className="grow cut" dir="auto">
          {nameOf(talk)}
        </b>
        {talk.call && <CallChip />}
        <Clock talk={talk} />
        {talk.unread_count > 0 && !isOpen && (
          <span className="unread" title={say("list.unread", { count: talk.unread_count })}>
            {talk.unread_count}
          </span>
        )}
      </span>
      <span className="s cut" dir="auto">
        {talk.need_title || talk.last_text || " "}
      </span>
      <span className="row xs">
        <span className="grow cut" dir="auto">
          {sayCode("channel", talk.channel, {}, talk.channel)}
          {talk.need_title && talk.last_text ? ` · ${talk.last_text}` : ""}
        </span>
        {talk.last_at !== null && <When at={talk.last_at} />}
      </span>
    </button>
  )
})

function When({ at }: { at: number }) {
  return <span>{moment(at, useNow())}</span>
}

/** A heading, or a talk below it. */
type Entry = { readonly part: Part } | { readonly talk: Talk }

function entriesOf(talks: readonly Talk[], agent: string | null): readonly Entry[] {
  const parts = PARTS.map((part) => [part, talks.filter((talk) => partOf(talk, agent) === part)] as const)
  const shown = parts.filter(([, talks]) => talks.length > 0)
  return shown.flatMap(([part, talks]): Entry[] => {
    const heading: Entry[] = shown.length > 1 || part !== "mine" ? [{ part }] : []
    return [...heading, ...talks.map((talk) => ({ talk }))]
  })
}

/** The browser leaves out what is not near the window (`content-visibility`). The open talk is brought into view. */
function Talks({ entries, contact }: { entries: readonly Entry[]; contact: string }) {
  const list = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another talk is opened, not when its row moves
  useEffect(() => {
    list.current?.querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest" })
  }, [contact])
  return (
    <div className="talks" ref={list}>
      {entries.map((entry) =>
        "part" in entry ? (
          <h2 key={entry.part}>{say(`list.${entry.part}`)}</h2>
        ) : (
          <Row key={entry.talk.contact} talk={entry.talk} isOpen={entry.talk.contact === contact} />
        ),
      )}
    </div>
  )
}

/** What waits for an answer of mine, over the talks, and always in sight. */
function Calls({ desk }: { desk: DeskState }) {
  const now = useNow()
  const whispers = useDesk((view) => view.whispers)
  return (
    <div className="calls">
      {desk.requests.map((request) => (
        <RequestCard key={request.contact} request={request} now={now} />
      ))}
      {desk.offers.map((offer) => (
        <OfferCard key={offer.offer} offer={offer} now={now} />
      ))}
      {whispers.map((whisper) => (
        <WhisperCard key={whisper.note.id} whisper={whisper} now={now} />
      ))}
      {desk.mentions.map((mention) => (
        <MentionCard key={mention.note.id} mention={mention} now={now} />
      ))}
    </div>
  )
}

export function TalkList({ contact }: { contact: string }) {
  const desk = useDesk((view) => view.desk)
  const agent = desk?.me.agent ?? null
  const talks = desk?.talks ?? NONE
  const entries = useMemo(() => entriesOf(talks, agent), [talks, agent])
  if (!desk) return <section className="list" />
  return (
    <section className="list" aria-label={say("list.label")}>
      <Calls desk={desk} />
      {entries.length > 0 && <Talks entries={entries} contact={contact} />}
      {entries.length === 0 && desk.offers.length === 0 && (
        <div className="empty">
          <b>{say("list.empty")}</b>
          <p className="s">{desk.presence.presence === "ready" ? say("list.empty_ready") : say("list.empty_away")}</p>
        </div>
      )}
    </section>
  )
}
