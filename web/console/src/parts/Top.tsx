import type { Me } from "@dryfly/words"
import { useMemo, useState } from "react"
import { useClient, useDesk, useKeys, useNow, useRoute } from "../hooks"
import { say, span } from "../say"
import { screensFor } from "../screens"
import { CommandBar } from "./CommandBar"
import { Keys } from "./Keys"
import { Menu, MenuItem } from "./Menu"
import { PreferencesMenu } from "./PreferencesMenu"
import { SiteSwitch } from "./SiteSwitch"
import { useGeneralActions } from "./useGeneralActions"

function PresenceMenu() {
  const client = useClient()
  const desk = useDesk((view) => view.desk)
  const now = useNow()
  const [isOpen, setOpen] = useState(false)
  useKeys(useMemo(() => ({ p: () => setOpen(true) }), []))
  if (!desk?.me.agent) return desk && <span className="s">{say("presence.no_agent")}</span>
  const { presence, reason, since } = desk.presence
  const title = desk.presence_reasons.find((named) => named.id === reason)?.title ?? say(`presence.${presence}`)
  const set = (to: "ready" | "away", why: string | null) => () =>
    client.ask({ do: "presence", presence: to, reason: why })
  return (
    <Menu
      className={`presence ${presence}`}
      title="P"
      side="start"
      opened={isOpen}
      onChange={setOpen}
      face={
        <>
          <span className="sr">{say("presence.label")}</span>
          <span className={`dot ${presence === "ready" ? "" : presence === "away" ? "amber" : "grey"}`} />
          {title} {since > 0 && <span className="time">· {span(now - since)}</span>}
        </>
      }
    >
      <MenuItem onClick={set("ready", null)}>{say("presence.be_ready")}</MenuItem>
      {desk.presence_reasons.length === 0 && <MenuItem onClick={set("away", null)}>{say("presence.away")}</MenuItem>}
      {desk.presence_reasons.map((named) => (
        <MenuItem key={named.id} onClick={set("away", named.id)}>
          {say("presence.be_away", { reason: named.title })}
        </MenuItem>
      ))}
    </Menu>
  )
}

const initials = (name: string) =>
  name
    .split(/\s+/)
    .map((word) => word[0] ?? "")
    .join("")

const current = (is: boolean) => (is ? ("page" as const) : undefined)

export function Top({ me, leave }: { me: Me; leave: () => void }) {
  const [screen] = useRoute()
  const count = useDesk((view) => view.desk?.talks.length ?? 0)
  const screens = screensFor(me)
  useGeneralActions(me, leave)
  return (
    <header className="top">
      <span className="brand">Dryfly</span>
      <PresenceMenu />
      <span className="s wide">{say("presence.talks", { count })}</span>
      {screens.length > 0 && (
        <nav aria-label={say("nav.label")}>
          <a href="#/" aria-current={current(screens.every(([name]) => name !== screen))}>
            {say("nav.desk")}
          </a>
          {screens.map(([name, { title }]) => (
            <a key={name} href={`#/${name}`} aria-current={current(name === screen)}>
              {say(title)}
            </a>
          ))}
        </nav>
      )}
      <span className="grow" />
      <CommandBar />
      <SiteSwitch me={me} />
      <PreferencesMenu />
      <Keys />
      <Menu
        className="btn quiet"
        face={
          <>
            <span className="wide">{me.name}</span>
            <span className="narrow">
              <span className="sr">{me.name}</span>
              <span aria-hidden="true">{initials(me.name)}</span>
            </span>
          </>
        }
      >
        <MenuItem onClick={leave}>{say("signin.out")}</MenuItem>
      </Menu>
    </header>
  )
}
