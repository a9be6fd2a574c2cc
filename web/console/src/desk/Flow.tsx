/** What was said: everything in order. Stays at the end while the reader is there. */

import { type Echo, type Merged, type Message, straight, type Talk, type TalkPage, type WhyLine } from "@dryfly/words"
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react"
import { Virtualizer, type VirtualizerHandle } from "virtua"
import { useClient, useDesk, useNow } from "../hooks"
import { moment, say, sayCode, sayError } from "../say"
import { Files } from "./Files"
import { sayOther } from "./Merge"
import { nameOf } from "./TalkList"
import { type Item, timeline } from "./timeline"
import { useUndo } from "./undo"
import { useWhyText } from "./useWhyText"

const NEAR_END_PX = 120
const LINE_PX = 64 // before it is measured

interface FlowProps {
  readonly contact: string
  readonly page: TalkPage
  readonly talk: Talk
}

/** Only what is near the window is in the document, so that ten thousand lines scroll like ten. */
export function Flow({ contact, page, talk }: FlowProps) {
  const all = useDesk((view) => view.echoes)
  const echoes = useMemo(() => all.filter((echo) => echo.contact === contact), [all, contact])
  const items = useMemo(() => timeline(page, echoes), [page, echoes])
  const { list, onScroll, onResize } = useEnd(items)
  const isShifted = useShift(items)
  useSeen(contact, page, talk)
  return (
    <>
      <div
        className="flow"
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={say("talk.log", { name: nameOf(talk) })}
      >
        <Virtualizer
          ref={list}
          data={items}
          as="ol"
          item="li"
          itemSize={LINE_PX}
          shift={isShifted}
          onScroll={onScroll}
          onResize={onResize}
        >
          {(item) => <Line key={item.key} item={item} contact={contact} />}
        </Virtualizer>
      </div>
      <Announcer page={page} talk={talk} />
    </>
  )
}

/** Lines that scroll into the document are not news: what is new is said here, to those who listen to the screen. */
function Announcer({ page, talk }: { page: TalkPage; talk: Talk }) {
  const last = page.messages.at(-1)
  const by = last?.author === "customer" ? nameOf(talk) : last?.author_name || say("message.bot")
  return (
    <p className="sr" aria-live="polite">
      {last?.text && last.author !== "agent" ? `${by}: ${last.text}` : ""}
    </p>
  )
}

/** The view stays at the end for as long as the reader is there; elsewhere it stays where it is. */
function useEnd(items: readonly Item[]) {
  const list = useRef<VirtualizerHandle>(null)
  const isAtEnd = useRef(true)
  const toEnd = () => {
    if (isAtEnd.current && items.length > 0) list.current?.scrollToIndex(items.length - 1, { align: "end" })
  }
  const latest = items.at(-1)?.is === "echo" ? items.at(-1)?.key : ""
  useLayoutEffect(() => {
    if (latest) isAtEnd.current = true
  }, [latest])
  useLayoutEffect(toEnd, [items])
  const onScroll = (offset: number) => {
    const { scrollSize, viewportSize } = list.current ?? { scrollSize: 0, viewportSize: 0 }
    isAtEnd.current = scrollSize - offset - viewportSize < NEAR_END_PX
  }
  return { list, onScroll, onResize: toEnd }
}

/** Whether lines came (or went) before the first: the view then keeps its distance from the end. */
function useShift(items: readonly Item[]): boolean {
  const first = items.find((item) => item.is !== "older")?.key
  const before = useRef(first)
  const isShifted = before.current !== undefined && before.current !== first
  useLayoutEffect(() => {
    before.current = first
  }, [first])
  return isShifted
}

/** Tells the customer that the newest message was read, once, when it is on a screen that somebody looks at. */
function useSeen(contact: string, page: TalkPage, talk: Talk): void {
  const client = useClient()
  const isMine = useDesk((view) => talk.owner !== null && view.desk?.me.agent === talk.owner)
  const last = page.messages.findLast((message) => message.author === "customer")
  const unseen = isMine && talk.state === "active" && last && last.delivery !== "read" ? last.id : null
  const place = last?.via ?? contact // where the customer wrote it
  useEffect(() => {
    if (unseen === null) return
    const tell = () => {
      if (!document.hidden) client.ask({ do: "seen", contact: place, message: unseen })
      else document.addEventListener("visibilitychange", tell, { once: true })
    }
    tell()
    return () => document.removeEventListener("visibilitychange", tell)
  }, [client, place, unseen])
}

/** The list is rendered several times for each step of a scroll; the lines in it only when they change. */
const Line = memo(function Line({ item, contact }: { item: Item; contact: string }) {
  switch (item.is) {
    case "older":
      return <Older contact={contact} />
    case "message":
      return <Said message={item.message} via={item.via} />
    case "note":
      return (
        <div className="line note" dir="auto">
          <span>
            <b>{say("note.title")}</b> · <bdi>{item.note.text}</bdi>{" "}
            <span className="xs">
              <bdi>{item.note.author_name}</bdi> · {say("note.only")}
            </span>
          </span>
        </div>
      )
    case "why":
      return <Why steps={item.steps} />
    case "echo":
      return <Unsaid echo={item.echo} />
  }
})

function Older({ contact }: { contact: string }) {
  const client = useClient()
  const [isFetching, setFetching] = useState(false)
  const fetch = () => {
    setFetching(true)
    client.older(contact).then(
      () => setFetching(false),
      () => setFetching(false),
    )
  }
  return (
    <div className="line system">
      <button type="button" className="btn quiet" aria-disabled={isFetching} onClick={() => !isFetching && fetch()}>
        {say("talk.older")}
      </button>
    </div>
  )
}

function Said({ message, via }: { message: Message; via: Merged | undefined }) {
  const now = useNow()
  if (message.author === "system")
    return (
      <div className="line system xs">
        {moment(message.at, now)} · {sayCode("code", message.code, message.values, message.text || undefined)}
      </div>
    )
  const by = message.author === "bot" ? say("message.bot") : straight(message.author_name)
  const isOurs = message.author === "agent"
  const about = [
    by,
    moment(message.at, now),
    isOurs && message.delivery !== "recorded" ? sayCode("message", message.delivery, {}) : "",
    via ? sayOther(via, now) : "",
    ...message.sources,
  ]
  return (
    <div className={`line of-${message.author}`}>
      {message.text && (
        <p className="bubble" dir="auto">
          {message.text}
        </p>
      )}
      <Files files={message.attachments} />
      <span className="xs">{about.filter(Boolean).join(" · ")}</span>
    </div>
  )
}

/** Something said here that the history has not: held back, under way, or refused. */
function Unsaid({ echo }: { echo: Echo }) {
  return (
    <div className={echo.kind === "note" ? "line note" : "line of-agent faint"}>
      {echo.text && (
        <p className={echo.kind === "note" ? "" : "bubble"} dir="auto">
          {echo.text}
        </p>
      )}
      <Files files={echo.attachments} />
      {echo.held_until ? <HeldLine echo={echo} until={echo.held_until} /> : <UnderWay echo={echo} />}
    </div>
  )
}

function HeldLine({ echo, until }: { echo: Echo; until: number }) {
  const back = useUndo()
  const [left, setLeft] = useState(() => until - Date.now())
  useEffect(() => {
    const timer = setInterval(() => setLeft(until - Date.now()), 250)
    return () => clearInterval(timer)
  }, [until])
  return (
    <span className="xs">
      {say("message.held", { count: Math.max(1, Math.ceil(left / 1000)) })}{" "}
      <button type="button" className="link" onClick={() => back(echo.id)}>
        {say("message.undo")}
      </button>{" "}
      <kbd>Ctrl Z</kbd>
    </span>
  )
}

function UnderWay({ echo }: { echo: Echo }) {
  const client = useClient()
  const isLive = useDesk((view) => view.standing.is === "live")
  if (!echo.error) return <span className="xs">{say(isLive ? "message.sending" : "message.offline")}</span>
  return (
    <span className="wrong" role="alert">
      {sayError(echo.error)}{" "}
      <button type="button" className="link" onClick={() => client.sayAgain(echo)}>
        {say("message.again")}
      </button>{" "}
      <button type="button" className="link" onClick={() => client.discard(echo.id)}>
        {say("message.discard")}
      </button>
    </span>
  )
}

function Why({ steps }: { steps: readonly WhyLine[] }) {
  const text = useWhyText()
  const now = useNow()
  const told = steps.map((line) => ({ seq: line.seq, time: moment(line.at, now), text: text(line) }))
  const last = told.at(-1)
  return (
    <div className="line system xs">
      <details>
        <summary>
          {last?.time} {last?.text} <span className="link">{say("why.title")}</span>
        </summary>
        {told.slice(0, -1).map((step) => (
          <p key={step.seq}>
            {step.time} {step.text}
          </p>
        ))}
      </details>
    </div>
  )
}
