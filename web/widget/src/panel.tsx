/** The panel: who answers, what was said, what may be chosen instead. Loaded on the first opening. */

import { canAskForPerson, TYPING_MS, type WidgetView } from "@dryfly/words/widget"
import { Composer, Keep, Save } from "./composer"
import { h, render } from "./h"
import { Log } from "./log"
import type { Look, Panel, PanelOptions } from "./options"
import { say, speak } from "./say"
import { Screen } from "./screen"
import { css } from "./style"
import { Talk } from "./talk"
import { Unread } from "./unread"

const NEAR_END_PX = 80

function who({ talk, look }: WidgetView): string {
  const name = look?.bot_name ?? ""
  switch (talk.stage) {
    case "waiting":
      return say("who.finding")
    case "waiting_with_bot":
      return say("who.waiting_with_bot", { name })
    case "callback":
      return say("who.callback")
    case "agent":
      return talk.agent_name ? say("who.agent", { name: talk.agent_name }) : say("who.agent_nameless")
    case "closed":
      return say("who.closed")
    default:
      return name && say("who.bot", { name })
  }
}

function Head({ screen }: { screen: Screen }) {
  const { view, talk } = screen
  return (
    <header>
      {view.talk.stage === "agent" && <i class="dot" />}
      <div class="grow">
        <h2 id="title">
          <bdi>{view.look?.title ?? ""}</bdi>
        </h2>
        <p class="who" aria-live="polite">
          {who(view)}
        </p>
      </div>
      {canAskForPerson(view.talk.stage) && (
        <button type="button" class="person" onclick={() => talk.askForPerson()}>
          {say("head.person")}
        </button>
      )}
      <button type="button" class="close" aria-label={say("head.close")} onclick={screen.close}>
        ×
      </button>
    </header>
  )
}

function Banner({ screen: { view, talk } }: { screen: Screen }) {
  const { standing } = view
  if (standing.is === "lost")
    return (
      <p class="banner" role="status">
        {say("lost")}
      </p>
    )
  if (standing.is !== "ended") return null
  return (
    <p class="banner" role="alert">
      {say("ended")}{" "}
      <button type="button" class="link" onclick={() => talk.retry()}>
        {say("ended.again")}
      </button>
    </p>
  )
}

/** Keeps Tab inside while the panel covers a small screen, and closes on Escape. */
function onKey(event: KeyboardEvent, root: ShadowRoot, close: () => void): void {
  if (event.key === "Escape") close()
  const isCovering = matchMedia("(max-width: 479px)").matches
  if (event.key !== "Tab" || !isCovering) return
  const stops = [
    ...root.querySelectorAll<HTMLElement>("[role=dialog] :is(button,textarea,input,[tabindex='0']):not([disabled])"),
  ]
  const edge = event.shiftKey ? stops[0] : stops.at(-1)
  if (root.activeElement !== edge) return
  event.preventDefault()
  ;(event.shiftKey ? stops.at(-1) : stops[0])?.focus()
}

function Foot({ screen }: { screen: Screen }) {
  if (screen.view.talk.stage !== "closed") return <Composer screen={screen} />
  const survey = screen.isAsked && screen.parts.get("survey")
  return (
    <div class="foot">
      {survey && <survey.Survey screen={screen} />}
      <div class="under">
        <button type="button" class={survey && !screen.isRated ? "link quiet" : "main"} onclick={() => screen.begin()}>
          {say("closed.again")}
        </button>
        <Save screen={screen} />
      </div>
      <Keep screen={screen} />
    </div>
  )
}

function Shown({ screen, root }: { screen: Screen; root: ShadowRoot }) {
  return (
    <div
      class="panel"
      role="dialog"
      aria-labelledby="title"
      hidden={!screen.isOpen}
      onkeydown={(event) => onKey(event, root, screen.close)}
      onpaste={(event) => event.clipboardData?.files.length && screen.attach(event.clipboardData.files)}
      ondragover={(event) => {
        event.preventDefault()
        screen.drag(true)
      }}
      ondragleave={() => screen.drag(false)}
      ondrop={(event) => {
        event.preventDefault()
        screen.attach(event.dataTransfer?.files)
      }}
    >
      <Head screen={screen} />
      <Banner screen={screen} />
      <Log screen={screen} />
      <Foot screen={screen} />
    </div>
  )
}

/**
 * Draws, and stays at the end of the log while the reader is there; who looks back is left alone. A button that
 * goes away when it is pressed leaves the keys to the log, so that Escape and Tab still work.
 */
function drawn(screen: Screen, root: ShadowRoot, place: Element): void {
  const log = () => root.querySelector<HTMLElement>(".log")
  const before = log()
  const isAtEnd = !before || before.scrollHeight - before.scrollTop - before.clientHeight < NEAR_END_PX
  const hadFocus = root.activeElement !== null
  render(<Shown screen={screen} root={root} />, place)
  const after = log()
  if (hadFocus && root.activeElement === null) after?.focus()
  if (isAtEnd && after) after.scrollTop = after.scrollHeight
}

export function mount(options: PanelOptions): Panel {
  const { root } = options
  speak(options.language, options.words)
  const talk = new Talk(options)
  const unread = new Unread(talk, options.setUnread)
  const place = document.createElement("div")
  const screen = new Screen(talk, draw, close)
  let typing = talk.store.state.typing
  root.append(place)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, css]

  function draw(): void {
    drawn(screen, root, place)
    unread.count(screen.isOpen && !document.hidden)
  }
  function open(): void {
    screen.isOpen = true
    draw()
    root.querySelector("textarea")?.focus()
  }
  function close(): void {
    screen.isOpen = false
    draw()
    options.closed()
  }
  function changed(): void {
    const { talk: shown, typing: typed } = talk.store.state
    if (shown.stage !== "closed") screen.isAgain = false
    if (typed && typed !== typing) setTimeout(draw, TYPING_MS + 50)
    typing = typed
    draw()
  }

  const show = (look: Look): void => talk.store.dispatch({ is: "look", look })

  talk.store.subscribe(changed)
  document.addEventListener("visibilitychange", draw)
  draw()
  return { open, close, login: (login) => talk.signIn(login), show }
}
