/** Offers first, then the talks: who, need, and the clock that matters now. */

import type { Talk } from "@dryfly/words"
import { goTo, useDesk, useNow } from "../hooks"
import { age, ahead, moment, say, sayCode, span } from "../say"
import { OfferCard } from "./OfferCard"

const SOON_MS = 60_000

type Part = "mine" | "wrap_up" | "joined" | "parked"
const PARTS: readonly Part[] = ["wrap_up", "mine", "joined", "parked"]

function partOf(talk: Talk, agent: string | null): Part {
  if (talk.owner !== agent) return "joined"
  if (talk.state === "parked") return "parked"
  return talk.state === "wrap_up" ? "wrap_up" : "mine"
}

export const nameOf = (talk: Talk): string => talk.customer_name || say("list.visitor")

/** The one thing about time that the agent should know of this talk. */
function Clock({ talk, now, isTyping }: { talk: Talk; now: number; isTyping: boolean }) {
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

function Row({ talk, now, isOpen, isTyping }: { talk: Talk; now: number; isOpen: boolean; isTyping: boolean }) {
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
        <Clock talk={talk} now={now} isTyping={isTyping} />
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
        {talk.last_at !== null && <span>{moment(talk.last_at, now)}</span>}
      </span>
    </button>
  )
}

export function TalkList({ contact }: { contact: string }) {
  const desk = useDesk((view) => view.desk)
  const typing = useDesk((view) => view.typing)
  const now = useNow()
  if (!desk) return <section className="list" />
  const parts = PARTS.map((part) => [part, desk.talks.filter((talk) => partOf(talk, desk.me.agent) === part)] as const)
  const shown = parts.filter(([, talks]) => talks.length > 0)
  return (
    <section className="list" aria-label={say("list.label")}>
      {desk.offers.map((offer) => (
        <OfferCard key={offer.offer} offer={offer} now={now} />
      ))}
      {shown.map(([part, talks]) => (
        <div key={part}>
          {(shown.length > 1 || part !== "mine") && <h2>{say(`list.${part}`)}</h2>}
          {talks.map((talk) => (
            <Row
              key={talk.contact}
              talk={talk}
              now={now}
              isOpen={talk.contact === contact}
              isTyping={(typing[talk.contact] ?? 0) > Date.now()}
            />
          ))}
        </div>
      ))}
      {shown.length === 0 && desk.offers.length === 0 && (
        <div className="empty">
          <b>{say("list.empty")}</b>
          <p className="s">{desk.presence.presence === "ready" ? say("list.empty_ready") : say("list.empty_away")}</p>
        </div>
      )}
    </section>
  )
}
