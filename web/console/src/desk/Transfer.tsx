import type { Me, Named, OnDuty, Talk } from "@dryfly/words"
import { useState } from "react"
import { goTo, useClient, useDesk } from "../hooks"
import { Choose } from "../parts/Choose"
import { Dialog } from "../parts/Dialog"
import { TextArea } from "../parts/Field"
import { say } from "../say"
import { colleaguesHere, type Here, mayBeGiven } from "./here"
import { nameOf } from "./TalkList"

const NONE: readonly Named[] = []

const NOBODY: readonly OnDuty[] = []

/** One list of both, so that whoever types a name need not choose a kind first. */
function options(queues: readonly Named[], colleagues: readonly Here[], talk: Talk) {
  const someone = (colleague: Here) => ({
    value: `agent:${colleague.id}`,
    label: colleague.isReady ? colleague.title : say("transfer.away", { name: colleague.title }),
    disabled: !mayBeGiven(colleague, talk),
  })
  return [
    { group: say("transfer.queue"), items: queues.map(({ id, title }) => ({ value: `queue:${id}`, label: title })) },
    { group: say("transfer.agent"), items: colleagues.map(someone) },
  ]
}

export function Transfer({ talk, me, close }: { talk: Talk; me: Me; close: () => void }) {
  const client = useClient()
  const queues = useDesk((view) => view.desk?.queues ?? NONE)
  const agents = useDesk((view) => view.desk?.agents ?? NONE)
  const onDuty = useDesk((view) => view.desk?.on_duty ?? NOBODY)
  const data = options(queues, colleaguesHere(agents, onDuty, new Set([me.agent])), talk)
  const [chosen, setTarget] = useState<string | null>(null)
  const isThere = data.some(({ items }) =>
    items.some((item) => item.value === chosen && !("disabled" in item && item.disabled)),
  )
  const target = isThere ? chosen : null
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
      <Choose
        label={say("transfer.to")}
        placeholder={say("transfer.choose")}
        data={data}
        value={target}
        onChange={setTarget}
        error={chosen !== null && !isThere ? say("transfer.gone") : undefined}
        nothing={say("transfer.none")}
      />
      <TextArea
        label={say("transfer.note")}
        description={say("transfer.note_hint")}
        rows={3}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </Dialog>
  )
}
