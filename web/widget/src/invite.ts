/**
 * A gentle invitation, by rule: once, never again, and measured against not asking.
 *
 * When a rule holds, chance decides whether this visitor is asked. That it was decided, and how, is the one thing kept
 * before a talk, from that moment on: without it nobody could be left alone. Counts are of nobody in particular.
 * A rule without an id is being tried in the set-up: neither counted nor remembered.
 */

import type { LookPage } from "@dryfly/words"
import { sentence } from "@dryfly/words"
import type { Words } from "./messages.en"
import { keyOf } from "./options"

export type Rule = LookPage["invitations"][number]
type Arm = "shown" | "held"

export interface Inviting {
  /** A talk began: whether asking led to it is what is measured. */
  began(): void
}

export interface Invites {
  readonly site: string
  readonly host: URL
  readonly root: ShadowRoot
  readonly rules: readonly Rule[]
  readonly open: () => void
  readonly words: () => Promise<{ words: Words }>
}

export interface InviteModule {
  invite(given: Invites): Promise<Inviting>
}

export interface Seen {
  readonly seconds: number
  /** 0..1 of the page. */
  readonly scroll: number
  readonly leaves: boolean
}

const CSS = `
.invite{position:fixed;margin-block-end:70px;max-width:min(280px,100vw - 76px);box-sizing:border-box;padding:14px 40px 14px 16px;border-radius:14px;
background:#fff;color:#16211f;border:1px solid #e3e8e6;box-shadow:0 8px 30px #10212f38;font:14px/1.45 system-ui,sans-serif;overflow-wrap:anywhere}
:host([dir=rtl]) .invite{padding:14px 16px 14px 40px}
:host([data-theme=dark]) .invite{background:#141c1a;color:#e6edeb;border-color:#2b3936}
.invite p{margin:0 0 10px}
.invite button{all:unset;cursor:pointer;box-sizing:border-box}
.invite .yes{background:var(--accent);color:var(--on);border-radius:8px;padding:7px 12px}
.invite .no{position:absolute;inset-block-start:4px;inset-inline-end:4px;width:32px;height:32px;font-size:20px;text-align:center}
.invite button:focus-visible{outline:2px solid;outline-offset:2px}`

/** Does a path suit a pattern, in which `*` is anything? */
export function suits(pattern: string, path: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
  return new RegExp(`^${parts.join(".*")}$`).test(path)
}

export function isDue(rule: Rule, { seconds, scroll, leaves }: Seen): boolean {
  return seconds >= rule.after_s && scroll >= rule.scroll && (leaves || !rule.on_exit)
}

class Mark {
  constructor(readonly key: string) {}

  get(): string | null {
    try {
      return localStorage.getItem(this.key)
    } catch {
      return ""
    }
  }

  set(value: string): void {
    try {
      localStorage.setItem(this.key, value)
    } catch {
      // Who keeps nothing is asked once a page.
    }
  }
}

export async function invite({ site, host, root, rules, open, words }: Invites): Promise<Inviting> {
  const mark = new Mark(keyOf(site, "invited"))
  const here = rules.filter((rule) => suits(rule.pages, location.pathname))
  let stop = () => {}

  function count(id: string, arm: string, what: string): void {
    if (id === "") return
    const url = new URL(`widget/${site}/invited`, host)
    url.search = `${new URLSearchParams({ invitation: id, arm, what })}`
    fetch(url, { method: "POST", keepalive: true, credentials: "omit" }).catch(() => {})
  }

  function decide(rule: Rule): void {
    stop()
    const arm: Arm = Math.random() < rule.share ? "shown" : "held"
    if (rule.id !== "") mark.set(`${rule.id} ${arm}`)
    count(rule.id, arm, "due")
    if (arm === "shown") words().then((spoken) => show(rule, spoken.words))
  }

  function show(rule: Rule, spoken: Words): void {
    const box = document.createElement("div")
    const text = document.createElement("p")
    const yes = button("yes", sentence(spoken["invite.yes"]))
    const no = button("no", "×")
    const go = (what: string) => {
      box.remove()
      count(rule.id, "shown", what)
    }
    box.className = "invite"
    box.setAttribute("role", "status")
    text.textContent = rule.text
    text.dir = "auto"
    no.setAttribute("aria-label", sentence(spoken["invite.no"]))
    yes.onclick = () => {
      go("opened")
      open()
    }
    no.onclick = () => go("waved")
    box.onkeydown = (event) => event.key === "Escape" && go("waved")
    stop = () => box.remove()
    root.append(box)
    box.append(text, yes, no)
  }

  if (mark.get() === null && here.length > 0) {
    const css = new CSSStyleSheet()
    css.replaceSync(CSS)
    root.adoptedStyleSheets = [css, ...root.adoptedStyleSheets]
    stop = watch(here, decide)
  }
  return {
    began: () => {
      stop()
      const [id, arm, isDone] = (mark.get() ?? "").split(" ")
      if (!id || !arm || isDone) return
      mark.set(`${id} ${arm} done`)
      count(id, arm, "talk")
    },
  }
}

function button(name: string, text: string): HTMLButtonElement {
  const made = document.createElement("button")
  made.type = "button"
  made.className = name
  made.textContent = text
  return made
}

/** Looks once a second, while the page is in sight, and when the pointer leaves for the tabs. */
function watch(rules: readonly Rule[], decide: (rule: Rule) => void): () => void {
  let seconds = 0
  let scroll = 0
  const look = (leaves: boolean) => {
    const { scrollHeight } = document.documentElement
    scroll = Math.max(scroll, (scrollY + innerHeight) / scrollHeight)
    const due = rules.find((rule) => isDue(rule, { seconds, scroll, leaves }))
    if (due) decide(due)
  }
  const tick = () => {
    if (document.hidden) return
    seconds++
    look(false)
  }
  const out = (event: MouseEvent) => {
    if (event.relatedTarget === null && event.clientY <= 0) look(true)
  }
  const timer = setInterval(tick, 1000)
  document.addEventListener("mouseout", out)
  return () => {
    clearInterval(timer)
    document.removeEventListener("mouseout", out)
  }
}
