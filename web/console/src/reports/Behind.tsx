/** The contacts behind one number, a page at a time. Each opens its talk. */

import type { ErrorBody, ReportContact, ReportContacts } from "@dryfly/words"
import { useEffect, useState } from "react"
import { ask } from "../api"
import { goTo } from "../hooks"
import { duration } from "./columns"
import { say, sayError, sayIf } from "./words"

interface BehindProps {
  readonly query: string
  readonly title: string
  readonly moment: (at: number) => string
  readonly back: () => void
}

interface Pages {
  readonly contacts: readonly ReportContact[]
  readonly next: string | null
}

export function Behind({ query, title, moment, back }: BehindProps) {
  const [pages, setPages] = useState<Pages | null>(null)
  const [error, setError] = useState<ErrorBody | null>(null)
  function more(after: string, known: readonly ReportContact[]): Promise<void> {
    return ask<ReportContacts>("GET", `reports/contacts?${query}&after=${encodeURIComponent(after)}`).then((page) => {
      setPages({ contacts: [...known, ...page.contacts], next: page.next })
      setError(null)
    }, setError)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins anew
  useEffect(() => {
    setPages(null)
    void more("", [])
  }, [query])
  return (
    <section className="card pad behind" aria-label={title}>
      <div className="row wrap">
        <button type="button" className="btn" onClick={back}>
          ← {say("back")} <kbd>Esc</kbd>
        </button>
        <h2 className="grow" dir="auto">
          <b>{title}</b>{" "}
          {pages && (
            <span className="s">
              {say("behind_of", { count: pages.contacts.length, more: pages.next ? "yes" : "no" })}
            </span>
          )}
        </h2>
        <SaveAs query={`${query}&what=contacts`} />
      </div>
      {error && <p className="wrong">{sayError(error)}</p>}
      {!pages && !error && <p className="empty">{say("loading")}</p>}
      {pages?.contacts.length === 0 && <p className="empty">{say("behind.empty")}</p>}
      {pages && pages.contacts.length > 0 && <Contacts contacts={pages.contacts} moment={moment} />}
      {pages?.next && (
        <button type="button" className="btn" onClick={() => void more(pages.next ?? "", pages.contacts)}>
          {say("more")}
        </button>
      )}
    </section>
  )
}

export function SaveAs({ query }: { query: string }) {
  return (
    <fieldset className="seg">
      <legend className="sr">{say("export.label")}</legend>
      {(["csv", "parquet"] as const).map((format) => (
        <a key={format} className="btn" href={`/api/reports/export?${query}&format=${format}`} download>
          {say(`export.${format}`)}
        </a>
      ))}
    </fieldset>
  )
}

function Contacts({ contacts, moment }: { contacts: readonly ReportContact[]; moment: (at: number) => string }) {
  return (
    <div className="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{say("contact.at")}</th>
            <th scope="col" className="left">
              {say("contact.who")}
            </th>
            <th scope="col" className="left">
              {say("one.queue")}
            </th>
            <th scope="col" className="left">
              {say("one.need")}
            </th>
            <th scope="col" className="left">
              {say("one.channel")}
            </th>
            <th scope="col" className="left">
              {say("one.agent")}
            </th>
            <th scope="col">{say("contact.wait")}</th>
            <th scope="col">{say("contact.handle")}</th>
            <th scope="col" className="left">
              {say("contact.outcome")}
            </th>
          </tr>
        </thead>
        <tbody>
          {contacts.map((contact) => (
            <ContactRow key={`${contact.contact} ${contact.number}`} contact={contact} moment={moment} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const timeOf = (s: number | null): string => (s === null ? "–" : duration(s))
const words = (key: string): string => key.replaceAll("_", " ")

function ContactRow({ contact, moment }: { contact: ReportContact; moment: (at: number) => string }) {
  const time = moment(contact.entered_at ?? contact.arrived_at)
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className="number"
          aria-label={say("contact.open", { time })}
          onClick={() => goTo("talk", contact.contact)}
        >
          {time}
        </button>
      </th>
      <td className="left" dir="auto">
        {contact.customer_name || say("visitor")}
      </td>
      <td className="left" dir="auto">
        {contact.queue_title || say("none.queue")}
      </td>
      <td className="left" dir="auto">
        {words(contact.need)}
      </td>
      <td className="left">{contact.channel}</td>
      <td className="left" dir="auto">
        {contact.agent_name}
      </td>
      <td>{timeOf(contact.wait_s)}</td>
      <td>{timeOf(contact.handle_s)}</td>
      <td className="left" dir="auto">
        {outcome(contact)}
        {contact.disposition && ` · ${words(contact.disposition)}`}
      </td>
    </tr>
  )
}

function outcome(contact: ReportContact): string {
  const { ending, entered_at, answered_at, ended_at, is_short } = contact
  const key =
    ended_at === null
      ? answered_at !== null
        ? "answered"
        : entered_at !== null
          ? "waiting"
          : "with_bot"
      : ending === "abandoned" && answered_at !== null
        ? "abandoned_later"
        : is_short
          ? "short"
          : ending
  return sayIf(`outcome.${key}`, {}, words(key))
}
