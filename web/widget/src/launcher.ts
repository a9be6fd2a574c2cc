/**
 * The script that a page includes: one button, and nothing else until somebody wants to talk.
 *
 * The panel is fetched on the first opening, or at once where a talk is going on (a `resume` is kept). Before
 * a talk begins nothing is stored. No inline style and no inline script: a strict content policy may hold.
 */

import type { Panel, PanelModule, PanelOptions } from "./options"
import { keyOf } from "./options"

declare const __PANEL__: string

const TAG = "dryfly-widget"
const CSS = `
:host{all:initial;position:fixed;inset-inline-end:20px;inset-block-end:20px;z-index:2147483000}
#l{all:unset;box-sizing:border-box;display:grid;place-items:center;width:56px;height:56px;border-radius:50%;
background:var(--accent);color:#fff;cursor:pointer;box-shadow:0 4px 16px #10212f40}
#l:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
#l[aria-expanded=true]{visibility:hidden}
#l:before{content:"";width:28px;height:28px;background:#fff;clip-path:path("M4 5h20v15H13l-6 5v-5H4z")}
#u{all:unset;position:absolute;inset-inline-end:-2px;inset-block-start:-4px;min-width:20px;height:20px;border-radius:10px;box-sizing:border-box;
padding:0 5px;background:#b42318;color:#fff;font:600 12px/20px system-ui,sans-serif;text-align:center}
#u[hidden]{display:none}
@media print{:host{display:none}}`

function sheet(css: string): CSSStyleSheet {
  const made = new CSSStyleSheet()
  made.replaceSync(css)
  return made
}

function isTalking(site: string): boolean {
  try {
    return localStorage.getItem(keyOf(site, "resume")) !== null
  } catch {
    return false
  }
}

function start(script: HTMLScriptElement): void {
  if (document.querySelector(TAG)) return
  const { site = "main", login = "", accent = "", label = "Chat with us" } = script.dataset
  const host = new URL(script.src)
  const element = document.createElement(TAG)
  const root = element.attachShadow({ mode: "open" })
  const button = document.createElement("button")
  const unread = document.createElement("b")
  const options: PanelOptions = { site, login, accent, host, root, setUnread, closed }
  let panel: Promise<Panel> | undefined

  function setUnread(count: number): void {
    unread.hidden = count === 0
    unread.textContent = count > 9 ? "9+" : `${count}`
    button.setAttribute("aria-label", count === 0 ? label : `${label} (${count})`)
  }

  function closed(): void {
    button.setAttribute("aria-expanded", "false")
    button.focus()
  }

  function load() {
    panel ??= (import(/* @vite-ignore */ new URL(__PANEL__, host).href) as Promise<PanelModule>).then(({ mount }) =>
      mount(options),
    )
    panel.catch(() => (panel = undefined))
    return panel
  }

  function open(): void {
    button.setAttribute("aria-expanded", "true")
    load().then((shown) => shown.open(), closed)
  }

  root.adoptedStyleSheets = [
    sheet(CSS),
    sheet(`:host{--accent:${/^#[0-9a-f]{3,8}$/i.test(accent) ? accent : "#0b6e64"}}`),
  ]
  button.id = "l"
  unread.id = "u"
  button.append(unread)
  button.setAttribute("aria-haspopup", "dialog")
  button.setAttribute("aria-expanded", "false")
  button.onclick = open
  setUnread(0)
  root.append(button)
  document.body.append(element)
  if (script.dataset.open !== undefined && script.dataset.open !== "false") open()
  else if (isTalking(site)) load()
  Object.assign(window, {
    dryfly: {
      open,
      close: () => panel?.then((shown) => shown.close()),
      login: (token: string) => {
        options.login = token
        panel?.then((shown) => shown.login(token))
      },
    },
  })
}

const script = document.currentScript as HTMLScriptElement | null
if (script) {
  if (document.body) start(script)
  else document.addEventListener("DOMContentLoaded", () => start(script))
}
