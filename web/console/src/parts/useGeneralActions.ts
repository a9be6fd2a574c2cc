/** What everybody at the console can do from anywhere. */

import type { Me } from "@dryfly/words"
import { useMemo } from "react"
import { type Action, useActions } from "../actions"
import type { Client } from "../client"
import { goTo, useClient, useDesk } from "../hooks"
import { say as sayAll, speaking } from "../say"
import { screensFor } from "../screens"
import { en } from "./commands.en"

const say = speaking(en)
type Reasons = readonly { readonly id: string; readonly title: string }[]

export function useGeneralActions(me: Me, leave: () => void): void {
  const client = useClient()
  const reasons = useDesk((view) => view.desk?.presence_reasons)
  const actions = useMemo(
    () => [
      ...(me.agent ? presences(client, reasons ?? []) : []),
      ...screens(me),
      { id: "sign out", title: say("sign.out"), run: leave },
    ],
    [client, me, reasons, leave],
  )
  useActions(actions)
}

function presences(client: Client, reasons: Reasons): readonly Action[] {
  const be = (presence: "ready" | "away", reason: string | null) => () => {
    client.ask({ do: "presence", presence, reason })
  }
  const away = reasons.map(({ id, title }) => ({
    id: `away ${id}`,
    title: say("be.reason", { reason: title }),
    run: be("away", id),
  }))
  const plain: Action = { id: "away", title: say("be.away"), run: be("away", null) }
  return [{ id: "ready", title: say("be.ready"), run: be("ready", null) }, ...(away.length > 0 ? away : [plain])]
}

function screens(me: Me): readonly Action[] {
  const to = (name: string, screen: string): Action => ({
    id: `go ${name}`,
    title: say("go.to", { screen }),
    run: () => goTo(name),
  })
  return [to("", sayAll("nav.desk")), ...screensFor(me).map(([name, { title }]) => to(name, sayAll(title)))]
}
