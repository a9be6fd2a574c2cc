/** The widget's talk with the server: connection, store, what is kept between pages, files. */

import {
  type AttachmentRef,
  BROWSER,
  Connection,
  type ErrorBody,
  type FromWidget,
  type Keep,
  type Local,
  NOWHERE,
  Store,
  secureRandom,
  type ToWidget,
} from "@dryfly/words"
import { EMPTY_WIDGET, reduceWidget, type WidgetView, widgetEcho } from "@dryfly/words/widget"
import { keyOf, type PanelOptions } from "./options"
import { language } from "./say"

type Ask = Extract<FromWidget, { id: string }>
type Heard = ToWidget | Local

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
  #login: string

  readonly #options: PanelOptions

  constructor(options: PanelOptions) {
    this.#options = options
    this.#kept = new Kept(options.site)
    this.#resume = this.#kept.get("resume") || null
    this.#login = options.login
    const url = new URL(`widget/${options.site}/socket`, options.host)
    url.protocol = url.protocol.replace("http", "ws")
    const around = { ...BROWSER, random: secureRandom }
    this.#connection = new Connection(around, url.href, { hello: this.#hello, hear: this.#hear }, this.#kept.outbox())
    for (const command of this.#kept.outbox().load() as Ask[])
      if (command.do === "say") this.#echo(command.id, command.text, [])
    addEventListener("online", this.#connection.wake)
    addEventListener("offline", this.#connection.cut)
    document.addEventListener("visibilitychange", () => document.hidden || this.#connection.wake())
    this.#connection.start()
  }

  readonly #hello = (): FromWidget => ({
    do: "hello",
    resume: this.#resume,
    since: this.store.state.seq,
    login: this.#login || null,
    language,
    page: location.origin + location.pathname,
  })

  readonly #hear = (heard: { is: string }): boolean => {
    const frame = heard as Heard
    if (frame.is === "welcome") this.#resume = frame.resume
    if (frame.is === "refused" && frame.re === "") this.#withoutLogin()
    this.store.dispatch(frame)
    if (frame.is === "welcome" && this.#kept.get("resume") !== null) this.#remember()
    return !this.store.state.gap
  }

  /** A login that is not believed must not keep anybody from talking. */
  #withoutLogin(): void {
    if (!this.#login) return
    this.#login = ""
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

  typing(): void {
    this.#connection.whisper({ do: "typing" })
  }

  discard(id: string): void {
    this.store.dispatch({ is: "dropped", id })
  }

  signIn(token: string): void {
    this.#login = token
    this.#connection.helloAgain()
  }

  retry(): void {
    this.#connection.again()
  }

  // ---- files -----------------------------------------------------------------------------------

  #headers(): Record<string, string> {
    return { "x-dryfly-resume": this.#resume ?? "" }
  }

  #url(path = ""): string {
    return new URL(`widget/${this.#options.site}/attachments${path}`, this.#options.host).href
  }

  /** Sends a file before the message that carries it. Throws an `ErrorBody`. */
  async attach(file: File): Promise<AttachmentRef> {
    const limit = this.store.state.attachment_bytes_max
    if (file.size > limit) throw { code: "attachment_too_large", text: "", values: { limit } } satisfies ErrorBody
    const headers = { ...this.#headers(), "content-type": file.type || "application/octet-stream" }
    const url = this.#url(`?name=${encodeURIComponent(file.name)}`)
    const answer = await fetch(url, { method: "POST", headers, body: file }).catch(() => null)
    const told = await answer?.json().catch(() => null)
    if (!answer?.ok) throw (told?.error ?? { code: "upload_failed", text: "", values: {} }) as ErrorBody
    return told as AttachmentRef
  }

  /** A file needs the secret in a header, so it is fetched and shown from memory. */
  async open(file: AttachmentRef): Promise<void> {
    const answer = await fetch(this.#url(`/${file.id}`), { headers: this.#headers() }).catch(() => null)
    if (!answer?.ok) return
    const link = document.createElement("a")
    link.href = URL.createObjectURL(await answer.blob())
    link.download = file.name
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  }
}
