/** One screen: talks and offers, the talk, the customer. On narrow screens one of the three at a time. */

import type { Me } from "@dryfly/words"
import { useEffect, useMemo, useState } from "react"
import { goTo, useClient, useDesk, useKeys, useRoute } from "../hooks"
import { say } from "../say"
import { Customer } from "./Customer"
import { CustomerPage } from "./CustomerPage"
import { TalkList } from "./TalkList"
import { TalkPane } from "./TalkPane"

type Tab = "talks" | "talk" | "customer"
const TABS: readonly Tab[] = ["talks", "talk", "customer"]

export function Desk({ me }: { me: Me }) {
  const [screen, named = ""] = useRoute()
  const contact = screen === "talk" ? decodeURIComponent(named) : ""
  const customer = screen === "customer" ? decodeURIComponent(named) : ""
  const [tab, setTab] = useState<Tab>(contact || customer ? "talk" : "talks")
  useOpenPage(contact)
  useWalk(contact)
  useAutoOpen(contact)
  useEffect(() => setTab(contact || customer ? "talk" : "talks"), [contact, customer])
  return (
    <>
      <div className="desk" data-tab={tab}>
        <TalkList contact={contact} />
        {customer ? (
          <CustomerPage key={customer} customer={customer} />
        ) : (
          <>
            <TalkPane key={contact} contact={contact} me={me} />
            <Customer contact={contact} />
          </>
        )}
      </div>
      <div className="tabs" role="tablist">
        {TABS.map((name) => (
          <button key={name} type="button" role="tab" aria-selected={tab === name} onClick={() => setTab(name)}>
            {say(`panel.${name}`)}
          </button>
        ))}
      </div>
    </>
  )
}

/** The page of the talk before one is fetched and kept up; others are put away, so that a long day stays small. */
function useOpenPage(contact: string): void {
  const client = useClient()
  useEffect(() => {
    if (!contact) return
    client.open(contact)
    return () => client.shut(contact)
  }, [client, contact])
}

function useWalk(contact: string): void {
  const talks = useDesk((view) => view.desk?.talks)
  const walk = useMemo(() => {
    const step = (by: number) => () => {
      if (!talks?.length) return
      const at = talks.findIndex((talk) => talk.contact === contact)
      const next = talks[(at + by + talks.length) % talks.length]
      if (next) goTo("talk", next.contact)
    }
    return { "Alt+ArrowDown": step(1), "Alt+ArrowUp": step(contact ? -1 : 0) }
  }, [talks, contact])
  useKeys(walk)
}

/** A talk that was just taken opens by itself, unless something else is being read. */
function useAutoOpen(contact: string): void {
  const talks = useDesk((view) => view.desk?.talks)
  const [known, setKnown] = useState<ReadonlySet<string> | null>(null)
  useEffect(() => {
    if (!talks) return
    const fresh = known && talks.find((talk) => !known.has(talk.contact) && talk.state === "active")
    if (fresh && !contact) goTo("talk", fresh.contact)
    if (!known || known.size !== talks.length || fresh) setKnown(new Set(talks.map((talk) => talk.contact)))
  }, [talks, known, contact])
}
