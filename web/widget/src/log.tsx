/** What was said, and where the customer stands. */

import type { AttachmentRef, Choice, Echo, Message } from "@dryfly/words"
import type { WidgetView } from "@dryfly/words/widget"
import { Fragment, h } from "preact"
import { say, sayCode, sayError } from "./say"
import type { Screen } from "./screen"
import type { Talk } from "./talk"

interface Shows {
  readonly talk: Talk
  readonly view: WidgetView
}

const time = (at: number): string => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })

function size(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

function Files({ talk, files }: { talk: Talk; files: readonly AttachmentRef[] }) {
  return (
    <>
      {files.map((file) => (
        <button
          key={file.id}
          type="button"
          class="file"
          aria-label={say("file.open", { name: file.name, size: size(file.bytes_count) })}
          onClick={() => talk.open(file)}
        >
          {file.name} <small>{size(file.bytes_count)}</small>
        </button>
      ))}
    </>
  )
}

function author({ look }: WidgetView, message: Message): string {
  const name = message.author === "bot" ? (look?.bot_name ?? "") : message.author_name
  return say(`author.${message.author}`, { name })
}

function delivery({ delivery }: Message): string {
  if (delivery === "read") return say("delivery.read")
  return say(delivery === "failed" ? "delivery.failed" : "delivery.sent")
}

function Said({ talk, view, message, isLast }: Shows & { message: Message; isLast: boolean }) {
  const { author: by } = message
  if (by === "system")
    return (
      <li class="system">
        <span>{sayCode(message.code, message.values, message.text)}</span>
      </li>
    )
  return (
    <li class={by === "customer" ? "mine" : by}>
      <span class="sr">{author(view, message)}: </span>
      {message.text && <p dir="auto">{message.text}</p>}
      <Files talk={talk} files={message.attachments} />
      {message.sources.length > 0 && (
        <small class="sources">{say("sources", { sources: message.sources.join(" · ") })}</small>
      )}
      {isLast && (
        <small class="when">
          {by === "agent" && message.author_name ? `${message.author_name} · ` : ""}
          {time(message.at)}
          {by === "customer" ? ` · ${delivery(message)}` : ""}
        </small>
      )}
    </li>
  )
}

function Unsaid({ talk, view, echo }: Shows & { echo: Echo }) {
  const state = view.standing.is === "live" ? "delivery.sending" : "delivery.offline"
  return (
    <li class="mine faint">
      <span class="sr">{say("author.customer")}: </span>
      {echo.text && <p dir="auto">{echo.text}</p>}
      {echo.error ? <Refused talk={talk} echo={echo} /> : <small class="when">{say(state)}</small>}
    </li>
  )
}

function Refused({ talk, echo }: { talk: Talk; echo: Echo }) {
  const again = () => {
    talk.discard(echo.id)
    talk.say(echo.text, echo.attachments)
  }
  return (
    <small class="when wrong" role="alert">
      {echo.error && sayError(echo.error)}{" "}
      <button type="button" class="link" onClick={again}>
        {say("delivery.again")}
      </button>{" "}
      <button type="button" class="link" onClick={() => talk.discard(echo.id)}>
        {say("delivery.discard")}
      </button>
    </small>
  )
}

function Choices({ talk, choices }: { talk: Talk; choices: readonly Choice[] }) {
  return (
    <li class="choices">
      {choices.map((choice) => (
        <button key={choice.label} type="button" class="chip" onClick={() => talk.say(choice.say)}>
          {choice.label}
        </button>
      ))}
    </li>
  )
}

/** The place in line, what is kept, and what may be done instead. */
function Waiting({ talk, view }: Shows) {
  const { stage, place } = view.talk
  return (
    <section class="waiting" aria-live="polite">
      <b>{place === null ? say("place.unknown") : say("place.title", { place })}</b>
      <p>{say("place.kept")}</p>
      {stage === "waiting" && view.look?.bot_name && (
        <button type="button" class="link" onClick={() => talk.goOnWithBot()}>
          {say("place.bot")}
        </button>
      )}
    </section>
  )
}

/** Who writes, until six seconds have passed without a word of it. */
function Typing({ view: { typing, look, talk } }: { view: WidgetView }) {
  if (!typing || typing.until <= Date.now()) return null
  const isBot = typing.author === "bot"
  const name = isBot ? (look?.bot_name ?? "") : talk.agent_name
  return (
    <p class="typing">
      <i />
      {say("typing", { name })}
    </p>
  )
}

/** Does the next message come from the same side within a minute? Then one time is enough for both. */
function isLastOfRun(messages: readonly Message[], index: number): boolean {
  const message = messages[index] as Message
  const next = messages[index + 1]
  return next === undefined || next.author !== message.author || next.at - message.at > 60_000
}

export function Log({ screen: { talk, view } }: { screen: Screen }) {
  const { messages, stage, more_before } = view.talk
  const last = messages.at(-1)
  const isBots = stage === "bot" || stage === "waiting_with_bot"
  const isWaiting = stage === "waiting" || stage === "waiting_with_bot"
  return (
    <div class="log" tabIndex={0} role="log" aria-label={say("log.label")}>
      {messages.length === 0 && view.look && <p class="greeting">{say("greeting", { name: view.look.bot_name })}</p>}
      {more_before && <p class="system">{say("log.more")}</p>}
      <ol>
        {messages.map((message, index) => (
          <Said key={message.id} talk={talk} view={view} message={message} isLast={isLastOfRun(messages, index)} />
        ))}
        {last && last.choices.length > 0 && isBots && view.echoes.length === 0 && (
          <Choices talk={talk} choices={last.choices} />
        )}
        {view.echoes.map((echo) => (
          <Unsaid key={echo.id} talk={talk} view={view} echo={echo} />
        ))}
      </ol>
      <Typing view={view} />
      {isWaiting && <Waiting talk={talk} view={view} />}
    </div>
  )
}
