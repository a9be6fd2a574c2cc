/** The desk's talk with the server. State lives here, outside React; components only draw. */

import {
  type AttachmentRef,
  BROWSER,
  type Bye,
  Connection,
  type DeskHello,
  type Echo,
  type ErrorBody,
  type FromDesk,
  type Local,
  type LookAtFloor,
  type Me,
  type Replies,
  Store,
  secureRandom,
  type ToDesk,
} from "@dryfly/words"
import { type DeskFrame, type DeskView, EMPTY_DESK, reduceDesk, toFetch } from "@dryfly/words/desk"
import { api } from "./api"
import { HeldBack, type Outgoing } from "./held"
import { keepOf } from "./keep"
import { lookAgain, MOVED } from "./moved"
import { preferences } from "./preferences"

type Ask = Extract<FromDesk, { id: string }>
type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never

export class Client {
  readonly store = new Store<DeskView, DeskFrame>(EMPTY_DESK, reduceDesk, Date.now)
  readonly #connection: Connection<Ask>
  readonly #held = new HeldBack({
    show: (echo) => this.store.dispatch({ is: "asked", echo }),
    hide: (id) => this.store.dispatch({ is: "dropped", id }),
    send: (outgoing) => this.#send(outgoing),
    typing: (contact) => this.typing(contact),
  })
  #lookedAt: string | null = null
  #floor: LookAtFloor | null = null
  #replies: { readonly set_up: number; readonly told: Promise<Replies> } | null = null

  readonly #me: Me

  /** Whose words are kept until the server has them: those of one site are never sent at another. */
  constructor(me: Me) {
    const { site, person } = me
    this.#me = me
    const url = new URL("/desk/socket", location.href)
    url.protocol = url.protocol.replace("http", "ws")
    const face = { hello: this.#hello, hear: this.#hear }
    this.#connection = new Connection(BROWSER_AROUND, url.href, face, keepOf(`${site}:${person}`))
    addEventListener("online", this.#connection.wake)
    addEventListener("offline", this.#connection.cut)
    document.addEventListener("visibilitychange", this.#wake)
    this.#connection.start()
  }

  /** The server's clock. */
  readonly now = (): number => this.#connection.now()

  readonly again = (): void => this.#connection.again()

  stop(): void {
    removeEventListener("online", this.#connection.wake)
    removeEventListener("offline", this.#connection.cut)
    document.removeEventListener("visibilitychange", this.#wake)
    this.#held.stop()
    this.#connection.stop()
  }

  readonly #wake = (): void => {
    if (!document.hidden) this.#connection.wake()
  }

  /** What is shown already, so that only the rest is told. */
  readonly #hello = (): DeskHello => {
    const { seq, desk } = this.store.state
    return { do: "hello", since: seq, set_up: desk?.set_up ?? null, site: this.#me.site }
  }

  readonly #hear = (heard: { is: string }): boolean => {
    this.store.dispatch(heard as ToDesk | Local)
    if (heard.is === "bye" && MOVED.has((heard as Bye).error.code)) lookAgain(this.#me)
    if (heard.is === "welcome") this.#tellLook()
    if (heard.is === "welcome") this.#tellFloor()
    this.#refetch()
    return !this.store.state.gap
  }

  /** Pages that may lack something are fetched again. */
  #refetch(): void {
    const { whole, panels } = toFetch(this.store.state.pages)
    for (const contact of whole) this.#fetch(contact)
    for (const contact of panels) this.#fetchPanel(contact)
  }

  #fetch(contact: string): void {
    this.store.dispatch({ is: "page_wanted", contact })
    this.#hearOf(
      api.talk(contact),
      (page) => ({ is: "page", contact, page }),
      (error) => ({ is: "page_failed", contact, error }),
    )
  }

  #fetchPanel(contact: string): void {
    const customer = this.store.state.pages[contact]?.page?.talk.customer ?? null
    this.store.dispatch({ is: "panel_wanted", contact })
    this.#hearOf(
      customer === null ? Promise.resolve(null) : api.customer(customer, contact),
      (panel) => ({ is: "panel", contact, panel }),
      () => ({ is: "panel_failed", contact }),
    )
  }

  /** What went stale on the way, or could not be had so, is fetched at once. */
  #hearOf<Answer>(
    answer: Promise<Answer>,
    told: (answer: Answer) => DeskFrame,
    failed: (error: ErrorBody) => DeskFrame,
  ): void {
    answer.then(told, failed).then((frame) => {
      this.store.dispatch(frame)
      this.#refetch()
    })
  }

  // ---- reading ---------------------------------------------------------------------------------

  readonly open = (contact: string): void => {
    const known = this.store.state.pages[contact]
    if (!known || known.error || known.stale) this.#fetch(contact)
  }

  readonly shut = (contact: string): void => this.store.dispatch({ is: "page_closed", contact })

  /** Which talk is before me: colleagues see it, and what happens there is told to me. */
  /** The floor is before somebody, with these talks listed; null: it is not any more. */
  readonly lookAtFloor = (look: Omit<LookAtFloor, "do"> | null): void => {
    if (look === null) this.#connection.whisper({ do: "look_at_floor", on: false })
    this.#floor = look && { do: "look_at_floor", ...look }
    this.#tellFloor()
  }

  #tellFloor(): void {
    if (this.#floor) this.#connection.whisper(this.#floor)
  }

  readonly look = (contact: string | null): void => {
    this.#lookedAt = contact
    this.#tellLook()
  }

  #tellLook(): void {
    this.#connection.whisper({ do: "look", contact: this.#lookedAt })
  }

  async older(contact: string): Promise<void> {
    const before = this.store.state.pages[contact]?.page?.messages[0]?.seq
    if (before === undefined) return
    const { messages, more_before } = await api.messages(contact, before)
    this.store.dispatch({ is: "older", contact, messages, more_before })
  }

  /** The canned replies, fetched once for each version of the set-up. */
  readonly replies = (): Promise<Replies> => {
    const set_up = this.store.state.desk?.set_up ?? 0
    if (this.#replies?.set_up === set_up) return this.#replies.told
    const told = api.replies()
    this.#replies = { set_up, told }
    told.catch(() => {
      this.#replies = null
    })
    return told
  }

  readonly heed = (id: string): void => this.store.dispatch({ is: "heeded", id })

  // ---- doing -----------------------------------------------------------------------------------

  /** What is still held of a talk leaves before anything is done with that talk. */
  readonly ask = (asked: WithoutId<Ask>): string => {
    if ("contact" in asked && !BESIDE.has(asked.do)) this.#held.release(asked.contact)
    return this.#connection.ask(asked)
  }

  /** Leaves after the time in which it can be taken back. */
  say(contact: string, text: string, files: readonly AttachmentRef[]): void {
    const wait = preferences().undo_s * 1_000
    if (wait > 0) this.#held.hold({ contact, text, files }, wait)
    else this.#send({ contact, text, files })
  }

  readonly undo = (contact: string, id?: string): Outgoing | null => this.#held.undo(contact, id)

  #send({ contact, text, files }: Outgoing): void {
    const id = this.ask({ do: "say", contact, text, attachments: files.map((file) => file.id) })
    this.#echo({ id, kind: "say", contact, text, attachments: files })
  }

  note(contact: string, text: string, mentions: readonly string[] = []): void {
    const id = this.ask({ do: "note", contact, text, mentions })
    this.#echo({ id, kind: "note", contact, text, attachments: [] })
  }

  #echo(said: Pick<Echo, "id" | "kind" | "contact" | "text" | "attachments">): void {
    this.store.dispatch({ is: "asked", echo: { ...said, at: this.now(), seq: null, error: null } })
  }

  readonly discard = (id: string): void => this.store.dispatch({ is: "dropped", id })

  sayAgain(echo: Echo): void {
    this.discard(echo.id)
    if (echo.kind === "note") this.note(echo.contact, echo.text)
    else this.#send({ contact: echo.contact, text: echo.text, files: echo.attachments })
  }

  typing(contact: string): void {
    this.#connection.whisper({ do: "typing", contact })
  }
}

/** Done beside the words of a talk: what is held may still be taken back. */
const BESIDE: ReadonlySet<string> = new Set(["say", "note", "seen", "fact", "heed"])
const BROWSER_AROUND = { ...BROWSER, random: secureRandom }
