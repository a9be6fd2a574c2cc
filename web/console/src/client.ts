/** The desk's talk with the server. State lives here, outside React; components only draw. */

import {
  type AttachmentRef,
  BROWSER,
  Connection,
  type Echo,
  type ErrorBody,
  type FromDesk,
  type Local,
  Store,
  secureRandom,
  type ToDesk,
} from "@dryfly/words"
import { type DeskFrame, type DeskView, EMPTY_DESK, reduceDesk } from "@dryfly/words/desk"
import { api } from "./api"

type Ask = Extract<FromDesk, { id: string }>
type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never

export class Client {
  readonly store = new Store<DeskView, DeskFrame>(EMPTY_DESK, reduceDesk, Date.now)
  readonly #connection: Connection<Ask>

  constructor() {
    const url = new URL("/desk/socket", location.href)
    url.protocol = url.protocol.replace("http", "ws")
    const face = { hello: () => ({ do: "hello", since: this.store.state.seq }), hear: this.#hear }
    this.#connection = new Connection(BROWSER_AROUND, url.href, face)
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
    this.#connection.stop()
  }

  readonly #wake = (): void => {
    if (!document.hidden) this.#connection.wake()
  }

  readonly #hear = (heard: { is: string }): boolean => {
    this.store.dispatch(heard as ToDesk | Local)
    this.#refetch()
    return !this.store.state.gap
  }

  /** Pages that may lack something are fetched again. */
  #refetch(): void {
    for (const [contact, page] of Object.entries(this.store.state.pages)) {
      if (page.stale && !page.fetching && page.error === null) this.#fetch(contact)
    }
  }

  #fetch(contact: string): void {
    this.store.dispatch({ is: "page_wanted", contact })
    api.talk(contact).then(
      (page) => {
        this.store.dispatch({ is: "page", contact, page })
        this.#refetch()
      },
      (error: ErrorBody) => this.store.dispatch({ is: "page_failed", contact, error }),
    )
  }

  // ---- reading ---------------------------------------------------------------------------------

  readonly open = (contact: string): void => {
    const known = this.store.state.pages[contact]
    if (!known || known.error || known.stale) this.#fetch(contact)
  }

  readonly shut = (contact: string): void => this.store.dispatch({ is: "page_closed", contact })

  async older(contact: string): Promise<void> {
    const before = this.store.state.pages[contact]?.page?.messages[0]?.seq
    if (before === undefined) return
    const { messages, more_before } = await api.messages(contact, before)
    this.store.dispatch({ is: "older", contact, messages, more_before })
  }

  readonly heed = (id: string): void => this.store.dispatch({ is: "heeded", id })

  // ---- doing -----------------------------------------------------------------------------------

  readonly ask = (asked: WithoutId<Ask>): string => this.#connection.ask(asked)

  say(contact: string, text: string, files: readonly AttachmentRef[]): void {
    const id = this.ask({ do: "say", contact, text, attachments: files.map((file) => file.id) })
    this.#echo({ id, kind: "say", contact, text, attachments: files })
  }

  note(contact: string, text: string): void {
    const id = this.ask({ do: "note", contact, text })
    this.#echo({ id, kind: "note", contact, text, attachments: [] })
  }

  #echo(said: Pick<Echo, "id" | "kind" | "contact" | "text" | "attachments">): void {
    this.store.dispatch({ is: "asked", echo: { ...said, at: this.now(), seq: null, error: null } })
  }

  readonly discard = (id: string): void => this.store.dispatch({ is: "dropped", id })

  sayAgain(echo: Echo): void {
    this.discard(echo.id)
    if (echo.kind === "note") this.note(echo.contact, echo.text)
    else this.say(echo.contact, echo.text, echo.attachments)
  }

  typing(contact: string): void {
    this.#connection.whisper({ do: "typing", contact })
  }
}

const BROWSER_AROUND = { ...BROWSER, random: secureRandom }
