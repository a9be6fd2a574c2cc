/** What was said, and where the customer stands. */

import { type Choice, type Echo, type Message, straight, type TalkState } from "@dryfly/words"
import type { WidgetView } from "@dryfly/words/widget"
import { h } from "./h"
import { say, sayCode, time } from "./say"
import type { Screen } from "./screen"
import type { Talk } from "./talk"

interface Shows {
  readonly screen: Screen
}

function author({ look }: WidgetView, message: Message): string {
  const name = message.author === "bot" ? (look?.bot_name ?? "") : message.author_name
  return say(`author.${message.author}`, { name })
}

function delivery({ delivery }: Message): string {
  if (delivery === "read") return say("delivery.read")
  return say(delivery === "failed" ? "delivery.failed" : "delivery.sent")
}

function Said({ screen, message, isLast }: Shows & { message: Message; isLast: boolean }) {
  const { author: by } = message
  const { view } = screen
  const files = message.attachments.length > 0 && screen.parts.get("files")
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
      {files && <files.Files screen={screen} files={message.attachments} />}
      {message.sources.length > 0 && (
        <small class="sources">{say("sources", { sources: message.sources.join(" · ") })}</small>
      )}
      {isLast && (
        <small class="when">
          {by === "agent" && message.author_name ? `${straight(message.author_name)} · ` : ""}
          {time(message.at)}
          {by === "customer" ? ` · ${delivery(message)}` : ""}
        </small>
      )}
    </li>
  )
}

function Unsaid({ screen, echo }: Shows & { echo: Echo }) {
  const state = screen.view.standing.is === "live" ? "delivery.sending" : "delivery.offline"
  return (
    <li class="mine faint">
      <span class="sr">{say("author.customer")}: </span>
      {echo.text && <p dir="auto">{echo.text}</p>}
      {echo.error ? <Refused screen={screen} echo={echo} /> : <small class="when">{say(state)}</small>}
    </li>
  )
}

function Refused({ screen, echo }: Shows & { echo: Echo }) {
  const { talk } = screen
  const again = () => {
    talk.discard(echo.id)
    talk.say(echo.text, echo.attachments)
  }
  return (
    <small class="when wrong" role="alert">
      {echo.error && screen.sayError(echo.error)}{" "}
      <button type="button" class="link" onclick={again}>
        {say("delivery.again")}
      </button>{" "}
      <button type="button" class="link" onclick={() => talk.discard(echo.id)}>
        {say("delivery.discard")}
      </button>
    </small>
  )
}

function Choices({ talk, choices }: { talk: Talk; choices: readonly Choice[] }) {
  return (
    <li class="choices">
      {choices.map((choice) => (
        <button key={choice.label} type="button" class="chip" onclick={() => talk.say(choice.say)}>
          {choice.label}
        </button>
      ))}
    </li>
  )
}

const MINUTE_S = 60

function wait({ wait: band }: TalkState): string {
  if (!band) return ""
  const [from, to] = [band.from_s / MINUTE_S, band.to_s / MINUTE_S]
  const text = from > 0 ? say("wait.between", { from, to }) : say("wait.up_to", { to })
  return band.because ? `${say(`wait.${band.because}`)} ${text}` : text
}

/** The place in line, how long it may take, what is kept, and what may be done instead. */
function Waiting({ screen: { talk, view } }: Shows) {
  const { stage, place, opens_at } = view.talk
  const told = opens_at === null ? wait(view.talk) : say("hours.from", { time: time(opens_at) })
  return (
    <section class="waiting" aria-live="polite">
      <b>{place === null ? say("place.unknown") : say("place.title", { place })}</b>
      {told && <p>{told}</p>}
      <p>{say("place.kept")}</p>
      {stage === "waiting" && view.look?.bot_name && (
        <button type="button" class="link" onclick={() => talk.goOnWithBot()}>
          {say("place.bot")}
        </button>
      )}
    </section>
  )
}

/** Outside the hours: when people are back, and who is here now. */
function Closed({ view: { hours, look, talk } }: { view: WidgetView }) {
  if (hours.is_open || talk.stage === "agent" || talk.stage === "closed") return null
  const parts = [
    hours.text || say("hours.closed"),
    hours.opens_at !== null && say("hours.from", { time: time(hours.opens_at) }),
    look?.bot_name && say("hours.bot", { name: look.bot_name }),
  ]
  return (
    <p class="hours" role="status" dir="auto">
      {parts.filter(Boolean).join(" ")}
    </p>
  )
}

function greeting({ look }: WidgetView): string {
  if (!look) return ""
  if (look.greeting) return look.greeting
  return look.bot_name ? say("greeting", { name: look.bot_name }) : say("greeting_person")
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

export function Log({ screen }: Shows) {
  const { talk, view } = screen
  const { messages, stage, more_before } = view.talk
  const call = (view.talk.call.state || view.talk.calls_back) && screen.parts.get("call")
  const last = messages.at(-1)
  const isBots = stage === "bot" || stage === "waiting_with_bot"
  const isWaiting = stage === "waiting" || stage === "waiting_with_bot"
  return (
    <div class="log" tabIndex={0} role="log" aria-label={say("log.label")}>
      <Closed view={view} />
      {messages.length === 0 && (
        <p class="greeting" dir="auto">
          {greeting(view)}
        </p>
      )}
      {more_before && <p class="system">{say("log.more")}</p>}
      <ol>
        {messages.map((message, index) => (
          <Said key={message.id} screen={screen} message={message} isLast={isLastOfRun(messages, index)} />
        ))}
        {last && last.choices.length > 0 && isBots && view.echoes.length === 0 && (
          <Choices talk={talk} choices={last.choices} />
        )}
        {view.echoes.map((echo) => (
          <Unsaid key={echo.id} screen={screen} echo={echo} />
        ))}
      </ol>
      <Typing view={view} />
      {isWaiting && <Waiting screen={screen} />}
      {call && <call.Call screen={screen} />}
    </div>
  )
}
