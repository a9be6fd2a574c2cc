/**
 * One socket that is always coming back, and an outbox whose commands are done exactly once.
 *
 * A command is kept until its receipt or refusal is heard, and sent again, with the same id, after each
 * reconnect: the server gives the same id the same receipt. Ids are made by the server's clock. What the
 * server says goes to `hear`; when that reports a gap, hello is said again with the last number.
 */

import type { ErrorBody } from "./generated"
import { newId, type Random } from "./ids"
import type { Standing } from "./messages"

const PING_EVERY_MS = 20_000
const ANSWER_WITHIN_MS = 10_000
const WELCOME_WITHIN_MS = 20_000
const BACKOFF_MS = 500
const BACKOFF_MS_MAX = 4_000
const OUTBOX_MAX = 200
const FRAME_BYTES_MAX = 64_000 // the server closes a socket that says more at once

const OPEN = 1 // WebSocket.OPEN

export interface Wire {
  /** As a WebSocket's; a wire without one is open. */
  readonly readyState?: number
  send(text: string): void
  close(): void
  onopen: (() => void) | null
  onmessage: ((event: { data: string }) => void) | null
  onclose: (() => void) | null
}

/** Everything from outside, so that tests can turn time by hand. */
export interface Around {
  now(): number
  random: Random
  /** Calls once after `ms`; the answer takes it back. */
  after(ms: number, call: () => void): () => void
  open(url: string): Wire
}

export interface Command {
  readonly do: string
  readonly id: string
}

/** Where unreceipted commands outlive the page. */
export interface Keep {
  load(): Command[]
  put(command: Command): void
  drop(id: string): void
}

export const NOWHERE: Keep = { load: () => [], put: () => {}, drop: () => {} }

type Heard = { readonly is: string }

export interface Face {
  /** The frame that says who is there and what is known. */
  hello(): object
  /** Takes what was heard. False: something is missing. */
  hear(frame: Heard): boolean
}

interface Waiting {
  command: Command
  sent: boolean
}

type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never

export class Connection<Ask extends Command> {
  #wire: Wire | null = null
  #standing: Standing["is"] = "connecting"
  #lostSince: number
  #offset: number | null = null
  #failures = 0
  #resuming = false
  #heardAt = 0
  /** Since when an answer is due. */
  #askedAt: number | null = null
  #cancelTimer: () => void = () => {}
  readonly #outbox = new Map<string, Waiting>()

  readonly #around: Around
  readonly #url: string
  readonly #face: Face
  readonly #keep: Keep

  constructor(around: Around, url: string, face: Face, keep: Keep = NOWHERE) {
    this.#around = around
    this.#url = url
    this.#face = face
    this.#keep = keep
    this.#lostSince = around.now()
    for (const command of keep.load()) this.#outbox.set(command.id, { command, sent: true })
  }

  /** The server's clock, as far as it is known. */
  readonly now = (): number => this.#around.now() + (this.#offset ?? 0)

  readonly start = (): void => {
    if (this.#wire === null && this.#standing !== "ended") this.#open()
  }

  readonly stop = (): void => {
    this.#cancelTimer()
    this.#drop()
  }

  /** The network came back, or somebody looks again: do not wait for the back-off. */
  readonly wake = (): void => {
    if (this.#standing === "lost" && this.#wire === null) {
      this.#cancelTimer()
      this.#open()
    } else if (this.#standing === "live") {
      this.#look()
    }
  }

  /** The network is gone, as the browser knows: the screen should not pretend. */
  readonly cut = (): void => {
    if (this.#standing === "live") this.#lose()
  }

  /** Asks for something, once, however often it has to be sent. The answer is its id. */
  ask(asked: WithoutId<Ask>): string {
    const command = { ...asked, id: newId(this.now(), this.#around.random) } as unknown as Ask
    if (new Blob([JSON.stringify(command)]).size > FRAME_BYTES_MAX) {
      this.#around.after(0, () => this.#refuse(command.id, "frame_too_large", "This is too long to be sent."))
      return command.id
    }
    if (this.#outbox.size >= OUTBOX_MAX) {
      this.#around.after(0, () => this.#refuse(command.id, "outbox_full", "Too much waits to be sent."))
      return command.id
    }
    const waiting = { command, sent: false }
    this.#outbox.set(command.id, waiting)
    this.#keep.put(command)
    if (this.#standing === "live") this.#send(waiting)
    return command.id
  }

  /** Says something volatile: lost without harm. */
  whisper(frame: object): void {
    if (this.#standing === "live") this.#say(frame)
  }

  /** Says hello anew on the open socket: something is missing, or who is there has changed. */
  readonly helloAgain = (): void => {
    if (this.#resuming || this.#wire === null) return
    this.#resuming = true
    this.#say(this.#face.hello())
  }

  /** Begins anew, also after a goodbye for good or a refused hello. */
  readonly again = (): void => {
    this.#cancelTimer()
    this.#drop()
    this.#stand({ is: "connecting" })
    this.#open()
  }

  #refuse(re: string, code: string, text: string): void {
    this.#face.hear({ is: "refused", re, error: { code, text, values: {} } } as Heard)
  }

  #open(): void {
    const wire = this.#around.open(this.#url)
    this.#wire = wire
    this.#resuming = true
    this.#heardAt = this.#around.now()
    this.#askedAt = null
    wire.onopen = () => wire.send(JSON.stringify(this.#face.hello()))
    wire.onmessage = (event) => this.#wire === wire && this.#take(event.data)
    wire.onclose = () => this.#wire === wire && this.#lose()
    this.#lookLater(WELCOME_WITHIN_MS)
  }

  /** A socket may be dead without saying so: what is not answered in time is given up. */
  #look(): void {
    const now = this.#around.now()
    const silent = now - this.#heardAt
    const asked = this.#askedAt
    if (this.#standing !== "live" ? silent >= WELCOME_WITHIN_MS : asked !== null && now - asked >= ANSWER_WITHIN_MS) {
      this.#lose()
    } else if (this.#standing === "live" && asked === null && silent >= PING_EVERY_MS) {
      this.#expectAnswer()
      this.whisper({ do: "ping" })
    } else {
      this.#lookLater(asked === null ? PING_EVERY_MS : ANSWER_WITHIN_MS)
    }
  }

  #expectAnswer(): void {
    this.#askedAt ??= this.#around.now()
    this.#lookLater(ANSWER_WITHIN_MS)
  }

  #lookLater(ms: number): void {
    this.#cancelTimer()
    this.#cancelTimer = this.#around.after(ms, () => this.#look())
  }

  #drop(): void {
    const wire = this.#wire
    this.#wire = null
    wire?.close()
  }

  #lose(): void {
    this.#drop()
    this.#cancelTimer()
    if (this.#standing === "ended") return
    if (this.#standing !== "lost") this.#lostSince = this.#around.now()
    const longest = Math.min(BACKOFF_MS_MAX, BACKOFF_MS * 2 ** this.#failures++)
    const wait = longest * (0.5 + this.#around.random() / 2)
    this.#cancelTimer = this.#around.after(wait, () => this.#open())
    this.#stand({ is: "lost", since: this.#lostSince, again_at: this.#around.now() + wait })
  }

  #stand(standing: Standing): void {
    this.#standing = standing.is
    this.#face.hear({ is: "standing", standing } as Heard)
  }

  #take(text: string): void {
    this.#heardAt = this.#around.now()
    this.#askedAt = null
    const frame = JSON.parse(text) as Heard & { now: number; re: string; error: ErrorBody; again: boolean }
    if (frame.is === "welcome") this.#welcomed(frame.now)
    if (frame.is === "pong") this.#offset = frame.now - this.#around.now()
    if (frame.is === "receipt" || frame.is === "refused") this.#answered(frame.re)
    if (frame.is === "bye" && !frame.again) this.#stand({ is: "ended", error: frame.error })
    if (!this.#face.hear(frame)) this.helloAgain()
    if (frame.is === "welcome") this.#sendAll()
  }

  #welcomed(now: number): void {
    const first = this.#offset === null
    this.#offset = now - this.#around.now()
    this.#resuming = false
    this.#failures = 0
    if (first) this.#renameUnsent()
    if (this.#standing !== "live") this.#stand({ is: "live" })
  }

  /** Commands that were asked before the server's clock was known, and never left, get ids by that clock. */
  #renameUnsent(): void {
    for (const waiting of [...this.#outbox.values()].filter((waiting) => !waiting.sent)) {
      const from = waiting.command.id
      waiting.command = { ...waiting.command, id: newId(this.now(), this.#around.random) }
      this.#answered(from)
      this.#outbox.set(waiting.command.id, waiting)
      this.#keep.put(waiting.command)
      this.#face.hear({ is: "renamed", from, to: waiting.command.id } as Heard)
    }
  }

  #sendAll(): void {
    for (const waiting of this.#outbox.values()) this.#send(waiting)
  }

  #send(waiting: Waiting): void {
    waiting.sent = true
    this.#expectAnswer()
    this.#say(waiting.command)
  }

  /** A socket that is closing takes nothing more: the next one gets it. */
  #say(frame: object): void {
    if ((this.#wire?.readyState ?? OPEN) === OPEN) this.#wire?.send(JSON.stringify(frame))
  }

  #answered(id: string): void {
    this.#outbox.delete(id)
    this.#keep.drop(id)
  }
}

/** The browser's own clock, timers and sockets. */
export const BROWSER: Omit<Around, "random"> = {
  now: Date.now,
  after: (ms, call) => {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
  open: (url) => new WebSocket(url) as unknown as Wire,
}
