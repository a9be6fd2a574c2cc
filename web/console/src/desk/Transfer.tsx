import "@mantine/core/styles/Combobox.css"
import "@mantine/core/styles/ScrollArea.css"
import "@mantine/core/styles/Popover.css"
import type { Me, Named, Talk } from "@dryfly/words"
import { Select, Textarea } from "@mantine/core"
import { useState } from "react"
import { goTo, useClient, useDesk } from "../hooks"
import { Dialog } from "../parts/Dialog"
import { say } from "../say"
import { nameOf } from "./TalkList"

const NONE: readonly Named[] = []

/** One list of both, so that whoever types a name need not choose a kind first. */
function options(queues: readonly Named[], agents: readonly Named[], me: Me) {
  const items = (kind: string, names: readonly Named[]) =>
    names.map(({ id, title }) => ({ value: `${kind}:${id}`, label: title }))
  const others = agents.filter((agent) => agent.id !== me.agent)
  return [
    { group: say("transfer.queue"), items: items("queue", queues) },
    { group: say("transfer.agent"), items: items("agent", others) },
  ]
}

export function Transfer({ talk, me, close }: { talk: Talk; me: Me; close: () => void }) {
  const client = useClient()
  const queues = useDesk((view) => view.desk?.queues ?? NONE)
  const agents = useDesk((view) => view.desk?.agents ?? NONE)
  const [target, setTarget] = useState<string | null>(null)
  const [note, setNote] = useState("")
  function submit(): void {
    if (target === null) return
    const id = target.slice(target.indexOf(":") + 1)
    const to = target.startsWith("queue:") ? { to_queue: id } : { to_agent: id }
    client.ask({ do: "transfer", contact: talk.contact, note, ...to })
    close()
    goTo("")
  }
  return (
    <Dialog
      title={say("transfer.title", { name: nameOf(talk) })}
      close={close}
      act={say("transfer.submit")}
      doIt={target === null ? null : submit}
    >
      <Select
        label={say("transfer.to")}
        placeholder={say("transfer.choose")}
        data={options(queues, agents, me)}
        value={target}
        onChange={setTarget}
        searchable
        withScrollArea={false}
        data-autofocus
      />
      <Textarea
        label={say("transfer.note")}
        description={say("transfer.note_hint")}
        rows={3}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </Dialog>
  )
}
