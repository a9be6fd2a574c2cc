/** What was said: everything in order. Stays at the end while the reader is there. */

import type { AttachmentRef, Echo, Message, Talk, TalkPage, WhyLine } from "@dryfly/words"
import { titleOf } from "@dryfly/words/desk"
import { useEffect, useLayoutEffect, useMemo, useRef } from "react"
import { api } from "../api"
import { useClient, useDesk, useNow } from "../hooks"
import { bytes, moment, say, sayCode, sayError, span } from "../say"
import { nameOf } from "./TalkList"
import { type Item, timeline } from "./timeline"

const NEAR_END_PX = 120

interface FlowProps {
  readonly contact: string
  readonly page: TalkPage
  readonly talk: Talk
}

export function Flow({ contact, page, talk }: FlowProps) {
  const client = useClient()
  const all = useDesk((view) => view.echoes)
  const echoes = useMemo(() => all.filter((echo) => echo.contact === contact), [all, contact])
  const items = useMemo(() => timeline(page, echoes), [page, echoes])
  const { box, onScroll } = useEnd(items)
  useSeen(contact, page, talk)
  return (
    <div
      ref={box}
      className="flow"
      onScroll={onScroll}
      tabIndex={0}
      role="log"
      aria-label={say("talk.log", { name: nameOf(talk) })}
    >
      <div>
        {page.more_before && (
          <button type="button" className="btn quiet" onClick={() => client.older(contact)}>
            {say("talk.older")}
          </button>
        )}
        <ol>
          {items.map((item) => (
            <Line key={item.key} item={item} />
          ))}
        </ol>
      </div>
    </div>
  )
}

function useEnd(items: readonly Item[]) {
  const box = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever something was added
  useLayoutEffect(() => {
    const element = box.current
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight
  }, [items])
  const onScroll = () => {
    const element = box.current
    if (element) isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX
  }
  return { box, onScroll }
}

/** Tells the customer that the newest message was read, once, when it is on a screen that somebody looks at. */
function useSeen(contact: string, page: TalkPage, talk: Talk): void {
  const client = useClient()
  const isMine = useDesk((view) => talk.owner !== null && view.desk?.me.agent === talk.owner)
  const last = page.messages.findLast((message) => message.author === "customer")
  const unseen = isMine && talk.state === "active" && last && last.delivery !== "read" ? last.id : null
  useEffect(() => {
    if (unseen === null) return
    const tell = () => {
      if (!document.hidden) client.ask({ do: "seen", contact, message: unseen })
      else document.addEventListener("visibilitychange", tell, { once: true })
    }
    tell()
    return () => document.removeEventListener("visibilitychange", tell)
  }, [client, contact, unseen])
}

function Line({ item }: { item: Item }) {
  switch (item.is) {
    case "message":
      return <Said message={item.message} />
    case "note":
      return (
        <li className="note" dir="auto">
          <span>
            <b>{say("note.title")}</b> · {item.note.text}{" "}
            <span className="xs">
              {item.note.author_name} · {say("note.only")}
            </span>
          </span>
        </li>
      )
    case "why":
      return <Why steps={item.steps} />
    case "echo":
      return <Unsaid echo={item.echo} />
  }
}

function Said({ message }: { message: Message }) {
  const now = useNow()
  if (message.author === "system")
    return (
      <li className="line xs">
        {moment(message.at, now)} · {sayCode("code", message.code, message.values, message.text || undefined)}
      </li>
    )
  const by = message.author === "bot" ? say("message.bot") : message.author_name
  const isOurs = message.author === "agent"
  const about = [
    by,
    moment(message.at, now),
    isOurs && message.delivery !== "recorded" ? sayCode("message", message.delivery, {}) : "",
    ...message.sources,
  ]
  return (
    <li className={`of-${message.author}`}>
      {message.text && (
        <p className="bubble" dir="auto">
          {message.text}
        </p>
      )}
      <Files files={message.attachments} />
      <span className="xs">{about.filter(Boolean).join(" · ")}</span>
    </li>
  )
}

function Files({ files }: { files: readonly AttachmentRef[] }) {
  return files.map((file) => (
    <a
      key={file.id}
      className="file"
      href={api.attachmentUrl(file.id)}
      download={file.name}
      aria-label={say("message.file", { name: file.name })}
    >
      {file.name} <span className="xs">{bytes(file.bytes_count)}</span>
    </a>
  ))
}

function Unsaid({ echo }: { echo: Echo }) {
  const client = useClient()
  const isLive = useDesk((view) => view.standing.is === "live")
  const state = echo.error ? (
    <span className="wrong" role="alert">
      {sayError(echo.error)}{" "}
      <button type="button" className="link" onClick={() => client.sayAgain(echo)}>
        {say("message.again")}
      </button>{" "}
      <button type="button" className="link" onClick={() => client.discard(echo.id)}>
        {say("message.discard")}
      </button>
    </span>
  ) : (
    <span className="xs">{say(isLive ? "message.sending" : "message.offline")}</span>
  )
  return (
    <li className={echo.kind === "note" ? "note" : "of-agent faint"}>
      {echo.text && (
        <p className={echo.kind === "note" ? "" : "bubble"} dir="auto">
          {echo.text}
        </p>
      )}
      <Files files={echo.attachments} />
      {state}
    </li>
  )
}

function Why({ steps }: { steps: readonly WhyLine[] }) {
  const queues = useDesk((view) => view.desk?.queues)
  const agents = useDesk((view) => view.desk?.agents)
  const now = useNow()
  const told = steps.map(({ seq, at, rule, values }) => {
    const idle = span(Number(values.idle_ms ?? 0))
    const queue = titleOf(queues, `${values.queue ?? ""}`)
    const agent = titleOf(agents, `${values.agent ?? ""}`)
    const reason = values.reason ? sayCode("reason", `${values.reason}`, {}) : ""
    return { seq, time: moment(at, now), text: sayCode("why.step", rule, { ...values, idle, queue, agent, reason }) }
  })
  const last = told.at(-1)
  return (
    <li className="line xs">
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
    </li>
  )
}
