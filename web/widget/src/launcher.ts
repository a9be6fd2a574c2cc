/**
 * The script that a page includes: one button, and nothing else until somebody wants to talk.
 *
 * The panel and its words are fetched on the first opening, or at once where a talk is going on (a `resume` is
 * kept). Before a talk begins nothing is stored. No inline style and no inline script: a strict content policy may hold.
 */

import type { LookPage, Wire } from "@dryfly/words"
import { inkOf, inkOn } from "./colour"
import type { InviteModule, Inviting } from "./invite"
import { catalogueOf, chosen, isFromRight, LABELS } from "./languages"
import type { Words } from "./messages.en"
import type { Login, Look, Panel, PanelModule } from "./options"
import { keyOf } from "./options"

/** Where each part lies, by its name: made by the build. */
declare const __FILES__: Readonly<Record<string, string>>

const TAG = "dryfly-widget"
const LOOK_WITHIN_MS = 3_000
const PLAIN: Look = {
  title: "",
  bot_name: "",
  accent: "#0b6e64",
  language: "en",
  languages: [],
  theme: "auto",
  side: "end",
  offset_x: 20,
  offset_y: 20,
  greeting: "",
  survey: true,
}
const CSS = `
:host{all:initial;position:fixed;z-index:2147483000}
#l{all:unset;box-sizing:border-box;display:grid;place-items:center;width:56px;height:56px;border-radius:50%;
background:var(--accent);color:var(--on);cursor:pointer;box-shadow:0 4px 16px #10212f40}
#l:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
#l[aria-expanded=true]{visibility:hidden}
#l:before{content:"";width:28px;height:28px;background:currentColor;clip-path:path("M4 5h20v15H13l-6 5v-5H4z")}
#u{all:unset;position:absolute;inset-inline-end:-2px;inset-block-start:-4px;min-width:20px;height:20px;border-radius:10px;box-sizing:border-box;
padding:0 5px;background:#b42318;color:#fff;font:600 12px/20px system-ui,sans-serif;text-align:center}
[hidden]{display:none!important}
@media print{:host{display:none}}`

const isDarkHere = matchMedia("(prefers-color-scheme:dark)")

function sheet(css: string): CSSStyleSheet {
  const made = new CSSStyleSheet()
  made.replaceSync(css)
  return made
}

function kept(site: string, name: string): string | null {
  try {
    return localStorage.getItem(keyOf(site, name))
  } catch {
    return null
  }
}

/** What the page says of the look, as far as it is one. */
function ownLook({ accent, theme, side, x, y, title, greeting }: DOMStringMap): Partial<Look> {
  const own: Record<string, unknown> = { title, greeting }
  if (/^#[0-9a-f]{6}$/i.test(accent ?? "")) own.accent = accent
  if (/^(auto|light|dark)$/.test(theme ?? "")) own.theme = theme
  if (/^(end|left|right)$/.test(side ?? "")) own.side = side
  if (Number(x) >= 0) own.offset_x = Number(x)
  if (Number(y) >= 0) own.offset_y = Number(y)
  return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined))
}

async function siteLook(host: URL, site: string): Promise<LookPage> {
  try {
    const signal = AbortSignal.timeout(LOOK_WITHIN_MS)
    const answer = await fetch(new URL(`widget/${site}/look`, host), { signal, credentials: "omit" })
    if (answer.ok) return await answer.json()
  } catch {
    // A button in the widget's own look is better than none.
  }
  return { look: PLAIN, invitations: [] }
}

async function start(script: HTMLScriptElement): Promise<void> {
  if (document.querySelector(TAG)) return
  const { dataset } = script
  const { site = "main" } = dataset
  const host = new URL(script.src)
  const element = document.createElement(TAG)
  const isTrial = "preview" in dataset
  const own = ownLook(dataset)
  let login: Login = dataset.login ?? ""
  let panel: Promise<Panel> | undefined
  let isWanted = dataset.open !== undefined && dataset.open !== "false"
  let inviting: Inviting | undefined
  const api = {
    open: () => {
      isWanted = true
    },
    close: () => panel?.then((shown) => shown.close()),
    login: (given: Login) => {
      login = given
      panel?.then((shown) => shown.login(given))
    },
    look: (look: Look) => {
      dress(look)
      panel?.then((shown) => shown.show(shownLook))
    },
    remove: () => element.remove(),
  }
  Object.assign(window, { dryfly: api })

  const page = isTrial ? { look: PLAIN, invitations: JSON.parse(dataset.preview || "[]") } : await siteLook(host, site)
  const root = element.attachShadow({ mode: "open" })
  const button = document.createElement("button")
  const unread = document.createElement("b")
  const dressed = new CSSStyleSheet()
  const language = chosen(document.documentElement.lang, navigator.languages, page.look.languages)
  const label = dataset.label ?? (LABELS[catalogueOf(language)] as string)
  const pageTitle = document.title
  let shownLook: Look

  function dress(look: Look): void {
    shownLook = { ...look, ...own }
    const { accent, theme, side, offset_x, offset_y } = shownLook
    const isDark = theme === "dark" || (theme === "auto" && isDarkHere.matches)
    const end = getComputedStyle(document.documentElement).direction === "rtl" ? "left" : "right"
    const x = `min(${offset_x}px,100vw - 76px)`
    element.dataset.theme = isDark ? "dark" : "light"
    dressed.replaceSync(
      `:host,.panel,.invite{${side === "end" ? end : side}:${x};bottom:${offset_y}px;--y:${offset_y}px;` +
        `--accent:${accent};--on:${inkOn(accent)};--mark:${inkOf(accent, isDark)};color-scheme:${isDark ? "dark" : "light"}}`,
    )
  }

  function setUnread(count: number): void {
    unread.hidden = count === 0
    unread.textContent = count > 9 ? "9+" : `${count}`
    button.setAttribute("aria-label", count === 0 ? label : `${label} (${count})`)
    if ("titleCount" in dataset) document.title = count === 0 ? pageTitle : `(${count}) ${pageTitle}`
  }

  function closed(): void {
    button.setAttribute("aria-expanded", "false")
    button.focus()
  }

  const part = (name: string) => import(/* @vite-ignore */ new URL(`widget/assets/${__FILES__[name]}`, host).href)

  async function mounted(): Promise<Panel> {
    const needed = ["panel", catalogueOf(language), ...(isTrial ? ["trial"] : [])]
    const [module, { words }, trying] = (await Promise.all(needed.map(part))) as [
      PanelModule,
      { words: Words },
      { open: (url: string) => Wire }?,
    ]
    const began = () => inviting?.began()
    const trial = trying?.open ?? null
    const options = { site, login, own, host, root, language, words, trial, setUnread, closed, began }
    const shown = module.mount(options)
    shown.show(shownLook)
    return shown
  }

  function load() {
    panel ??= mounted()
    panel.catch(() => (panel = undefined))
    return panel
  }

  function open(): void {
    button.setAttribute("aria-expanded", "true")
    load().then((shown) => shown.open(), closed)
  }

  dress(page.look)
  isDarkHere.addEventListener("change", () => dress(shownLook))
  root.adoptedStyleSheets = [sheet(CSS), dressed]
  element.lang = language
  element.dir = isFromRight(language) ? "rtl" : "ltr"
  button.id = "l"
  unread.id = "u"
  button.append(unread)
  button.setAttribute("aria-haspopup", "dialog")
  button.setAttribute("aria-expanded", "false")
  button.onclick = open
  setUnread(0)
  root.append(button)
  ;((dataset.into && document.querySelector(dataset.into)) || document.body).append(element)
  api.open = open
  if (isWanted) open()
  else if (isTrial || kept(site, "resume") !== null) load()
  if (page.invitations.length > 0 && dataset.invite !== "false" && (isWanted || kept(site, "resume") === null))
    inviting = await ((await part("invite")) as InviteModule).invite({
      site,
      host,
      root,
      rules: page.invitations,
      open,
      words: () => part(catalogueOf(language)),
    })
}

const script = document.currentScript as HTMLScriptElement | null
if (script) {
  if (document.body) start(script)
  else document.addEventListener("DOMContentLoaded", () => start(script))
}
