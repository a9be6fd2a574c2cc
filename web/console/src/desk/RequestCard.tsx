/** A colleague asks me into a talk: who, about whom, why, and for how long. Enter joins, Escape declines. */

import type { ColleagueRequest } from "@dryfly/words"
import type { KeyboardEvent } from "react"
import { goTo, useClient } from "../hooks"
import { say, span } from "../say"

export function RequestCard({ request, now }: { request: ColleagueRequest; now: number }) {
  const client = useClient()
  const { contact, customer_name, need_title, agent_name, role, note, expires_at } = request
  const who = customer_name || say("list.visitor")
  function join(): void {
    client.ask({ do: "accept_request", contact })
    goTo("talk", contact)
  }
  const decline = () => void client.ask({ do: "decline_request", contact })
  function onKey(event: KeyboardEvent): void {
    if (event.key === "Escape") decline()
    if (event.key === "Enter" && event.target === event.currentTarget) join()
  }
  const title = say(role === "invited" ? "request.invited" : "request.consulted", { name: agent_name })
  return (
    <article className="offer request" tabIndex={0} onKeyDown={onKey} aria-label={`${title}: ${who}`}>
      <div className="row">
        <b className="grow">{title}</b>
        <span className="chip time">{span(Math.max(0, expires_at - now))}</span>
      </div>
      <p className="s cut" dir="auto">
        {[who, need_title].filter(Boolean).join(" · ")}
      </p>
      {note && (
        <p className="s quote" dir="auto">
          {note}
        </p>
      )}
      <div className="row">
        <button type="button" className="btn main" onClick={join}>
          {say("request.join")} <kbd>Enter</kbd>
        </button>
        <button type="button" className="btn quiet" onClick={decline}>
          {say("offer.decline")} <kbd>Esc</kbd>
        </button>
      </div>
    </article>
  )
}
