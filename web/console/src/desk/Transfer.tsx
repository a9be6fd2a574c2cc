import "@mantine/core/styles/CloseButton.css"
import "@mantine/core/styles/Combobox.css"
import "@mantine/core/styles/ModalBase.css"
import "@mantine/core/styles/Modal.css"
import "@mantine/core/styles/Overlay.css"
import "@mantine/core/styles/Paper.css"
import "@mantine/core/styles/ScrollArea.css"
import "@mantine/core/styles/Popover.css"
import type { Me, Named, Talk } from "@dryfly/words"
import { Modal, Select, Textarea } from "@mantine/core"
import { useState } from "react"
import { goTo, useClient, useDesk } from "../hooks"
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
    <Modal
      opened
      onClose={close}
      title={say("transfer.title", { name: nameOf(talk) })}
      lockScroll={false}
      closeButtonProps={{ "aria-label": say("cancel") }}
      centered
    >
      <div className="dialog">
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
        <div className="row">
          <button type="button" className="btn quiet" onClick={close}>
            {say("cancel")}
          </button>
          <button type="button" className="btn main" disabled={target === null} onClick={submit}>
            {say("transfer.submit")}
          </button>
        </div>
      </div>
    </Modal>
  )
}
