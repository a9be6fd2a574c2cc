/** The widget's talk with the server: connection, store, what is kept between pages, files. */

import {
  type AttachmentRef,
  BROWSER,
  Connection,
  type FromWidget,
  type Keep,
  type Local,
  NOWHERE,
  Store,
  secureRandom,
  type ToWidget,
} from "@dryfly/words"
import { EMPTY_WIDGET, type LookShown, reduceWidget, type WidgetView, widgetEcho } from "@dryfly/words/widget"
import { keyOf, type Login, type PanelOptions } from "./options"
import { language } from "./say"

type Ask = Extract<FromWidget, { id: string }>
type Heard = ToWidget | Local | LookShown

async function tokenOf(login: Login): Promise<string> {
  try {
    return typeof login === "string" ? login : await login()
  } catch {
    return ""
  }
}

/** localStorage, where a page may use it; nothing else is ever stored. */
class Kept {
  readonly #site: string

  constructor(site: string) {
    this.#site = site
  }

  get(name: string): string | null {
    try {
      return localStorage.getItem(keyOf(this.#site, name))
    } catch {
      return null
    }
  }

  set(name: string, value: string | null): void {
    try {
      if (value === null) localStorage.removeItem(keyOf(this.#site, name))
      else localStorage.setItem(keyOf(this.#site, name), value)
    } catch {
      // A page that may not store anything talks all the same; it only forgets on reload.
    }
  }

  /** Each unreceipted command under a key of its own, so that two tabs never overwrite each other's. */
  outbox(): Keep {
    const prefix = keyOf(this.#site, "out:")
    if (typeof localStorage === "undefined") return NOWHERE
    return {
      load: () =>
        this.#keys()
          .filter((key) => key.startsWith(prefix))
          .sort()
          .map((key) => JSON.parse(localStorage.getItem(key) as string)),
      put: (command) => this.set(`out:${command.id}`, JSON.stringify(command)),
      drop: (id) => this.set(`out:${id}`, null),
    }
  }

  #keys(): string[] {
    try {
      return Object.keys(localStorage)
    } catch {
      return []
    }
  }
}

export class Talk {
  readonly store = new Store<WidgetView, Heard>(EMPTY_WIDGET, reduceWidget, Date.now)
  readonly #kept: Kept
  readonly #connection: Connection<Ask>
  #resume: string | null
  #login: Login = ""
  #token = ""
  #tokenSaid = ""
  #isRenewed = false

  readonly #options: PanelOptions

  constructor(options: PanelOptions) {
    this.#options = options
    this.#kept = new Kept(options.site)
    this.#resume = this.#kept.get("resume") || null
    const url = new URL(`widget/${options.site}/socket`, options.host)
    url.protocol = url.protocol.replace("http", "ws")
    const around = { ...BROWSER, random: secureRandom, ...(options.trial && { open: options.trial }) }
    const outbox = options.trial ? NOWHERE : this.#kept.outbox()
    this.#connection = new Connection(around, url.href, { hello: this.#hello, hear: this.#hear }, outbox)
    for (const command of outbox.load() as Ask[]) if (command.do === "say") this.#echo(command.id, command.text, [])
    addEventListener("online", this.#connection.wake)
    addEventListener("offline", this.#connection.cut)
    document.addEventListener("visibilitychange", () => document.hidden || this.#connection.wake())
    this.signIn(options.login)
    this.#connection.start()
  }

  readonly #hello = (): FromWidget => {
    this.#tokenSaid = this.#token
    return {
      do: "hello",
      resume: this.#resume,
      since: this.store.state.seq,
      contact: this.store.state.talk.contact,
      login: this.#token || null,
      language,
      page: location.origin + location.pathname,
    }
  }

  readonly #hear = (heard: { is: string }): boolean => {
    const frame = heard as Heard
    if (frame.is === "refused" && frame.re === "") this.#renewLogin()
    if (frame.is !== "welcome") this.store.dispatch(frame)
    else this.#welcomed(frame)
    return !this.store.state.gap
  }

  #welcomed(frame: Extract<ToWidget, { is: "welcome" }>): void {
    this.#resume = frame.resume
    this.#isRenewed = false
    this.store.dispatch({ ...frame, look: { ...this.store.state.look, ...frame.look, ...this.#options.own } })
    if (this.#kept.get("resume") !== null) this.#remember()
    if (this.#token !== this.#tokenSaid) queueMicrotask(this.#connection.helloAgain)
  }

  /** The login is not believed, or is over: the page may give a new one, and none must keep anybody from talking. */
  async #renewLogin(): Promise<void> {
    if (!this.#tokenSaid) return
    const isOver = typeof this.#login === "function" && !this.#isRenewed
    this.#isRenewed = true
    this.#token = isOver ? await tokenOf(this.#login) : ""
    this.#connection.again()
  }

  #remember(): void {
    this.#kept.set("resume", this.#resume)
  }

  #echo(id: string, text: string, files: readonly AttachmentRef[]): void {
    this.store.dispatch({ is: "asked", echo: widgetEcho(id, text, files, this.#connection.now()) })
  }

  // ---- what the customer does ------------------------------------------------------------------

  say(text: string, files: readonly AttachmentRef[] = []): void {
    this.#begin()
    const id = this.#connection.ask({ do: "say", text, attachments: files.map((file) => file.id) })
    this.#echo(id, text, files)
  }

  /** From now on there is a talk: it may be remembered. */
  #begin(): void {
    this.#options.began()
    if (this.#options.trial) return
    if (this.#resume) this.#remember()
    else this.#kept.set("resume", "")
  }

  askForPerson(): void {
    this.#begin()
    this.#connection.ask({ do: "person" })
  }

  goOnWithBot(): void {
    this.#connection.ask({ do: "bot" })
  }

  leave(): void {
    this.#connection.ask({ do: "leave" })
  }

  seen(message: string): void {
    this.#connection.ask({ do: "seen", message })
  }

  rate(score: number | null, text: string): void {
    this.#connection.ask({ do: "rate", score, text })
  }

  typing(): void {
    this.#connection.whisper({ do: "typing" })
  }

  discard(id: string): void {
    this.store.dispatch({ is: "dropped", id })
  }

  async signIn(login: Login): Promise<void> {
    this.#login = login
    this.#token = await tokenOf(login)
    if (this.#token !== this.#tokenSaid) this.#connection.helloAgain()
  }

  readonly now = (): number => this.#connection.now()

  retry(): void {
    this.#connection.again()
  }

  // ---- over HTTP -------------------------------------------------------------------------------

  /** Asks for something of the visitor's own. `null`: nothing came back. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response | null> {
    const headers = { ...init.headers, "x-dryfly-resume": this.#resume ?? "" }
    const url = new URL(`widget/${this.#options.site}/${path}`, this.#options.host)
    return fetch(url, { ...init, headers }).catch(() => null)
  }
}
