/** A contact held out to me, for as long as the ring has colour. Enter takes it, Escape declines. */

import type { Offer } from "@dryfly/words"
import { type CSSProperties, type KeyboardEvent, useEffect, useMemo, useRef } from "react"
import { goTo, useClient, useKeys } from "../hooks"
import { say, sayCode, span } from "../say"
import { CallChip, toBeCalled } from "./CallBack"
import { nameOf } from "./TalkList"

function whySentence({ rule, values, talk }: Offer, now: number): string {
  const idle = say("why.idle", { ago: span(Number(values.idle_ms ?? 0)) })
  const waited = talk.waiting_since === null ? "" : say("why.waited", { ago: span(now - talk.waiting_since) })
  return `${sayCode("why", rule, { ...values, idle }, "")} ${waited}`.trim()
}

/** Takes the focus when it appears, unless somebody is in the middle of something. Being ready is not. */
function useFocus() {
  const card = useRef<HTMLElement>(null)
  useEffect(() => {
    const active = document.activeElement
    if (active === null || active.matches("body, .presence")) card.current?.focus()
  }, [])
  return card
}

export function OfferCard({ offer, now }: { offer: Offer; now: number }) {
  const client = useClient()
  const card = useFocus()
  const { talk, made_at, expires_at } = offer
  const whole = Math.max(1, expires_at - made_at)
  const left = Math.min(whole, Math.max(0, expires_at - now))
  const share = { "--left": (100 * left) / whole } as CSSProperties
  const seconds = Math.ceil(left / 1000)

  function take(): void {
    client.ask({ do: "accept", offer: offer.offer })
    goTo("talk", talk.contact)
  }
  useKeys(useMemo(() => ({ o: () => card.current?.focus() }), [card]))
  const decline = () => void client.ask({ do: "decline", offer: offer.offer })
  function onKey(event: KeyboardEvent): void {
    if (event.key === "Escape") decline()
    if (event.key === "Enter" && event.target === event.currentTarget) take()
  }

  return (
    <article
      ref={card}
      className="offer"
      tabIndex={0}
      onKeyDown={onKey}
      aria-label={`${say("offer.for")}: ${nameOf(talk)}`}
    >
      <div className="row">
        <span className="ring time" style={share} role="timer" aria-label={say("offer.left", { count: seconds })}>
          <b>{seconds}</b>
        </span>
        <div className="grow">
          <div className="row">
            <b className="cut" dir="auto">
              {nameOf(talk)}
            </b>
            {talk.call && <CallChip />}
          </div>
          <p className="s cut" dir="auto">
            {[talk.need_title || talk.last_text, sayCode("channel", talk.channel, {}, talk.channel)]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </div>
      </div>
      {talk.need_title && talk.last_text && (
        <p className="s cut" dir="auto">
          “{talk.last_text}”
        </p>
      )}
      {talk.call && <p className="s">{toBeCalled(talk.call)}</p>}
      <p className="s">{whySentence(offer, now)}</p>
      {offer.auto_accept && <p className="s">{say("offer.auto")}</p>}
      <div className="row">
        <button type="button" className="btn main" onClick={take}>
          {say("offer.take")} <kbd>Enter</kbd>
        </button>
        <button type="button" className="btn quiet" onClick={decline}>
          {say("offer.decline")} <kbd>Esc</kbd>
        </button>
      </div>
    </article>
  )
}
