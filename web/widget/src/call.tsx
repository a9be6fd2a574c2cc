/** Being called back instead of waiting: offered, asked for, told again to who comes back, moved and called off. */

import {
  type AskCall,
  type CallAsked,
  type CallChoices,
  type ErrorBody,
  newId,
  secureRandom,
  sentence,
} from "@dryfly/words"
import { sayError } from "./errors"
import { h } from "./h"
import { ready, words } from "./later"
import { time } from "./say"
import type { Screen } from "./screen"

/** What is being done about a call, and how one may be had. */
class Caller {
  choices: CallChoices | null = null
  isOpen = false
  isBusy = false
  /** `null`: in their turn. */
  at: number | null = null
  typed = ""
  /** Told in full to who has just written it; all but its end is hidden from who comes back. */
  number = ""
  error: ErrorBody | null = null
  /** One for each wish, so that it is granted once however often it is sent. */
  #wish = ""

  constructor(readonly screen: Screen) {
    const isPromised = ["kept", "booked"].includes(screen.view.talk.call.state)
    if (isPromised) this.look()
    else ready.then(screen.draw)
  }

  async look(): Promise<void> {
    const answer = await this.screen.talk.fetch("call")
    if (answer?.ok) this.choices = (await answer.json()) as CallChoices
    await ready
    this.number ||= this.choices?.number ?? ""
    this.screen.draw()
  }

  /** From the first way that is free. */
  async #lookAgain(): Promise<void> {
    await this.look()
    this.at = this.choices?.keeps_place ? null : (this.choices?.slots[0] ?? null)
  }

  async open(): Promise<void> {
    this.error = null
    await this.#lookAgain()
    this.isOpen = true
    this.screen.draw()
  }

  shut(): void {
    this.isOpen = false
    this.screen.draw()
  }

  async ask(): Promise<void> {
    this.#wish ||= this.#newId()
    const { region = "" } = new Intl.Locale(navigator.language)
    const asked: AskCall = { id: this.#wish, at: this.at, number: this.typed.trim() || null, region }
    const headers = { "content-type": "application/json" }
    const told = await this.#do("call", { headers, body: JSON.stringify(asked) })
    if (told) this.number = (told as CallAsked).number
    if (told) this.isOpen = false
    else if (this.error?.code.startsWith("slot_")) await this.#lookAgain()
    this.screen.draw()
  }

  async callOff(): Promise<void> {
    await this.#do(`call/off?id=${this.#newId()}`)
    this.screen.draw()
  }

  #newId(): string {
    return newId(this.screen.talk.now(), secureRandom)
  }

  /** `null`: it was refused, or nothing came back; then the same wish may be sent again. */
  async #do(path: string, init: RequestInit = {}): Promise<unknown> {
    if (this.isBusy) return null
    this.isBusy = true
    this.error = null
    this.screen.draw()
    const answer = await this.screen.talk.fetch(path, { ...init, method: "POST" })
    const told = await answer?.json().catch(() => null)
    this.isBusy = false
    if (answer) this.#wish = ""
    if (answer?.ok) return told ?? {}
    this.error = (told?.error ?? { code: "other", text: "", values: {} }) as ErrorBody
    return null
  }
}

const callers = new WeakMap<Screen, { readonly contact: string | null; readonly caller: Caller }>()

/** One for each talk. */
function callerOf(screen: Screen): Caller {
  const { contact } = screen.view.talk
  const known = callers.get(screen)
  if (known && known.contact === contact) return known.caller
  const caller = new Caller(screen)
  callers.set(screen, { contact, caller })
  return caller
}

const wrong = (error: ErrorBody): string =>
  error.code in words ? words[error.code as keyof typeof words] : sayError(error)

export function Call({ screen }: { screen: Screen }) {
  const caller = callerOf(screen)
  if (!words) return null
  const { state } = screen.view.talk.call
  if (caller.isOpen && state !== "now") return <Asking caller={caller} />
  if (state === "") {
    return (
      <button type="button" class="link quiet" onclick={() => caller.open()}>
        {words["call.offer"]}
      </button>
    )
  }
  return (
    <section class="waiting" aria-live="polite">
      <b>{state === "proposed" ? words["call.proposed"] : promised(screen)}</b>
      {state !== "proposed" && caller.number && (
        <p>
          {words["call.on"]} <bdi dir="ltr">{caller.number}</bdi>
        </p>
      )}
      {(state === "kept" || state === "booked") && <p>{words["call.close"]}</p>}
      <Wrong error={caller.error} />
      <Deeds caller={caller} state={state} />
    </section>
  )
}

function promised({ view }: Screen): string {
  const { state, at, attempts } = view.talk.call
  if (state === "now") return words["call.now"]
  if (at === null) return words["call.kept"]
  return sentence(words[attempts > 0 ? "call.again" : "call.booked"], { time: time(at) })
}

function Deeds({ caller, state }: { caller: Caller; state: string }) {
  if (state === "now") return null
  if (state === "proposed")
    return (
      <button type="button" class="main" onclick={() => caller.open()}>
        {words["call.ask"]}
      </button>
    )
  return (
    <div class="under">
      <button type="button" class="link" onclick={() => caller.open()}>
        {words["call.change"]}
      </button>
      <button type="button" class="link quiet" aria-disabled={caller.isBusy} onclick={() => caller.callOff()}>
        {words[state === "kept" ? "call.wait" : "call.off"]}
      </button>
    </div>
  )
}

function Wrong({ error }: { error: ErrorBody | null }) {
  return (
    error && (
      <p class="wrong" role="alert">
        {wrong(error)}
      </p>
    )
  )
}

function Asking({ caller }: { caller: Caller }) {
  const { choices, error, isBusy } = caller
  const isPossible = choices !== null && (choices.keeps_place || choices.slots.length > 0)
  return (
    <fieldset class="survey waiting">
      <legend class="sr">{words["call.ask"]}</legend>
      {isPossible ? (
        [<When key="when" caller={caller} />, <Where key="where" caller={caller} />]
      ) : (
        <p>{words["call.none"]}</p>
      )}
      <Wrong error={error} />
      <div class="under">
        {isPossible && (
          <button type="button" class="main" aria-disabled={isBusy} onclick={() => caller.ask()}>
            {words["call.ask"]}
          </button>
        )}
        <button type="button" class="link quiet" onclick={() => caller.shut()}>
          {words["call.back"]}
        </button>
      </div>
    </fieldset>
  )
}

const TURN = "turn"

function When({ caller }: { caller: Caller }) {
  const { keeps_place, slots } = caller.choices ?? { keeps_place: false, slots: [] }
  return (
    <label class="survey">
      <small>{words["call.when"]}</small>
      <select
        value={`${caller.at ?? TURN}`}
        onchange={(event) => {
          const { value } = event.currentTarget
          caller.at = value === TURN ? null : Number(value)
        }}
      >
        {keeps_place && (
          <option key={TURN} value={TURN}>
            {words["call.turn"]}
          </option>
        )}
        {slots.map((at) => (
          <option key={at} value={at}>
            {time(at)}
          </option>
        ))}
      </select>
    </label>
  )
}

function Where({ caller }: { caller: Caller }) {
  return (
    <label class="survey">
      <small>{words["call.number"]}</small>
      <input
        type="tel"
        dir="ltr"
        autocomplete="tel"
        maxLength={40}
        placeholder={caller.number || "+49 30 2312 5000"}
        value={caller.typed}
        oninput={(event) => {
          caller.typed = event.currentTarget.value
        }}
        onkeydown={(event) => event.key === "Enter" && caller.ask()}
      />
    </label>
  )
}
