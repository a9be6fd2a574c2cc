/** The whole talk to keep: as a file of plain text in the reader's language, or by mail where the site sends any. */

import {
  type ErrorBody,
  type LetterAsked,
  type LetterOffer,
  type Message,
  sentence,
  type Transcript,
} from "@dryfly/words"
import { sayError } from "./errors"
import { h } from "./h"
import { ready, words } from "./later"
import { language, say, sayCode } from "./say"
import type { Screen } from "./screen"
import type { Talk } from "./talk"

const PARTS_MAX = 50

async function everything(talk: Talk): Promise<readonly Message[]> {
  let messages: readonly Message[] = []
  for (let part = 0; part < PARTS_MAX; part++) {
    const before = messages[0] ? `?before=${messages[0].seq}` : ""
    const answer = await talk.fetch(`transcript${before}`)
    if (!answer?.ok) throw new Error("transcript")
    const told = (await answer.json()) as Transcript
    messages = [...told.messages, ...messages]
    if (!told.more_before) break
  }
  return messages
}

export function written(messages: readonly Message[], head: string, botName: string): string {
  const lines = messages.map((message) => {
    const at = new Date(message.at).toLocaleString(language, { dateStyle: "short", timeStyle: "short" })
    const name = message.author === "bot" ? botName : message.author_name
    if (message.author === "system") return `${at}  ${sayCode(message.code, message.values, message.text)}\n`
    const files = message.attachments.map((file) => `[${file.name}]`)
    return `${at}  ${say(`author.${message.author}`, { name })}\n${[message.text, ...files].filter(Boolean).join("\n")}\n`
  })
  return [`${head}\n`, ...lines].join("\n")
}

export async function save(talk: Talk): Promise<void> {
  const { look } = talk.store.state
  await ready
  const head = sentence(words.head, { title: look?.title ?? "" })
  const text = written(await everything(talk), head, look?.bot_name ?? "")
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }))
  const link = document.createElement("a")
  link.href = url
  link.download = `${new Date().toISOString().slice(0, 10)}.txt`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

// ---- by mail -----------------------------------------------------------------------------------

/** What is being done about keeping this talk, and what came of it. */
class Keeper {
  /** The address on file, masked; null: none, or another one is to be written. */
  onFile: string | null = null
  to = ""
  isReady = false
  isSending = false
  sentTo = ""
  error: ErrorBody | null = null

  constructor(readonly screen: Screen) {
    this.#offer()
  }

  async #offer(): Promise<void> {
    const answer = await this.screen.talk.fetch("transcript/mail")
    if (answer?.ok) this.onFile = ((await answer.json()) as LetterOffer).on_file
    await ready
    this.isReady = true
    this.screen.draw()
  }

  async send(): Promise<void> {
    if (this.isSending) return
    this.isSending = true
    this.error = null
    this.screen.draw()
    const { timeZone: zone } = new Intl.DateTimeFormat().resolvedOptions()
    const body = JSON.stringify({ to: this.onFile === null ? this.to : null, language, zone })
    const headers = { "content-type": "application/json" }
    const answer = await this.screen.talk.fetch("transcript/mail", { method: "POST", headers, body })
    const told = await answer?.json().catch(() => null)
    this.isSending = false
    if (answer?.ok) this.sentTo = (told as LetterAsked).to
    else this.error = (told?.error ?? { code: "other", text: "", values: {} }) as ErrorBody
    this.screen.draw()
  }

  other(): void {
    this.onFile = null
    this.screen.draw()
  }
}

const keepers = new WeakMap<Screen, { readonly contact: string | null; readonly keeper: Keeper }>()

/** One for each talk: who begins anew has sent nothing yet. */
function keeperOf(screen: Screen): Keeper {
  const { contact } = screen.view.talk
  const known = keepers.get(screen)
  if (known && known.contact === contact) return known.keeper
  const keeper = new Keeper(screen)
  keepers.set(screen, { contact, keeper })
  return keeper
}

const wrong = (error: ErrorBody): string =>
  error.code in words ? words[error.code as keyof typeof words] : sayError(error)

export function Keeping({ screen }: { screen: Screen }) {
  const keeper = keeperOf(screen)
  const { onFile, sentTo, isSending, error } = keeper
  if (!keeper.isReady) return null
  return (
    <fieldset class="survey">
      <legend>{words.mail}</legend>
      {sentTo ? (
        <p role="status">{sentence(words.sent, { to: sentTo })}</p>
      ) : (
        [
          onFile === null && <Address key="address" keeper={keeper} label={words.address} />,
          error && (
            <p key="wrong" class="wrong" role="alert">
              {wrong(error)}
            </p>
          ),
          <div key="send" class="under">
            <button type="button" class="main" aria-disabled={isSending} onclick={() => keeper.send()}>
              {onFile === null ? words.send : sentence(words.file_to, { to: onFile })}
            </button>
            {onFile !== null && (
              <button type="button" class="link quiet" onclick={() => keeper.other()}>
                {words.other}
              </button>
            )}
          </div>,
        ]
      )}
      <div class="under">
        <button type="button" class="link quiet" onclick={() => save(screen.talk)}>
          {words.file}
        </button>
      </div>
    </fieldset>
  )
}

function Address({ keeper, label }: { keeper: Keeper; label: string }) {
  return (
    <input
      type="email"
      dir="ltr"
      autocomplete="email"
      maxLength={254}
      aria-label={label}
      placeholder={label}
      value={keeper.to}
      oninput={(event) => {
        keeper.to = event.currentTarget.value
      }}
      onkeydown={(event) => event.key === "Enter" && keeper.send()}
    />
  )
}
