/** Ask a colleague into the talk: to look and advise, or to write to the customer too. */

import type { Me, Named, OnDuty, Role, Talk } from "@dryfly/words"
import { useState } from "react"
import { useClient, useDesk } from "../hooks"
import { Choose } from "../parts/Choose"
import { Dialog } from "../parts/Dialog"
import { Pick, TextArea } from "../parts/Field"
import { say } from "../say"
import { colleaguesHere } from "./here"
import { nameOf } from "./TalkList"

const NONE: readonly Named[] = []
const ROLES: readonly Extract<Role, "consulted" | "invited">[] = ["consulted", "invited"]

const NOBODY: readonly OnDuty[] = []

/** Everybody here who is not in the talk already, nor asked into it and thinking. */
function others(agents: readonly Named[], onDuty: readonly OnDuty[], talk: Talk, me: Me) {
  const there = new Set([me.agent, ...talk.participants.map(({ agent }) => agent)])
  for (const { agent, end } of talk.asked) if (end === null) there.add(agent)
  return colleaguesHere(agents, onDuty, there).map(({ id, title, isReady }) => ({
    value: id,
    label: isReady ? title : say("transfer.away", { name: title }),
  }))
}

export function AskColleague({ talk, me, close }: { talk: Talk; me: Me; close: () => void }) {
  const client = useClient()
  const agents = useDesk((view) => view.desk?.agents ?? NONE)
  const onDuty = useDesk((view) => view.desk?.on_duty ?? NOBODY)
  const data = others(agents, onDuty, talk, me)
  const [chosen, setColleague] = useState<string | null>(null)
  const colleague = data.some(({ value }) => value === chosen) ? chosen : null
  const [role, setRole] = useState<Role>("consulted")
  const [note, setNote] = useState("")
  function submit(): void {
    if (colleague === null) return
    client.ask({ do: "ask_colleague", contact: talk.contact, colleague, role, note })
    close()
  }
  return (
    <Dialog
      title={say("ask.title", { name: nameOf(talk) })}
      close={close}
      act={say("ask.submit")}
      doIt={colleague === null ? null : submit}
    >
      <Choose
        label={say("ask.whom")}
        placeholder={say("transfer.choose")}
        data={data}
        value={colleague}
        onChange={setColleague}
        error={chosen !== colleague ? say("transfer.gone") : undefined}
        nothing={say("ask.nobody")}
      />
      <Pick
        label={say("ask.role")}
        value={role}
        onChange={(event) => setRole(event.currentTarget.value as Role)}
        data={ROLES.map((name) => ({ value: name, label: say(`ask.role.${name}`) }))}
      />
      <TextArea
        label={say("ask.note")}
        description={say("ask.note_hint")}
        rows={3}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </Dialog>
  )
}
