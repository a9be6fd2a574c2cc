/** The talk is over: how it ended, a word for later, done. */

import type { Named, Talk } from "@dryfly/words"
import { NativeSelect } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { goTo, useClient, useDesk, useNow } from "../hooks"
import { say, span } from "../say"

const NONE: readonly Named[] = []

export function WrapUp({ talk }: { talk: Talk }) {
  const client = useClient()
  const dispositions = useDesk((view) => view.desk?.dispositions ?? NONE)
  const now = useNow()
  const [disposition, setDisposition] = useState("")
  const [note, setNote] = useState("")
  const left = talk.wrap_up_until === null ? null : talk.wrap_up_until - now
  function submit(event: FormEvent): void {
    event.preventDefault()
    client.ask({ do: "wrap_up", contact: talk.contact, disposition: disposition || null, note })
    goTo("")
  }
  return (
    <form className="comp" onSubmit={submit}>
      <div className="row">
        <b className="grow">{say("wrap.title")}</b>
        {left !== null && (
          <span className={`chip time ${left < 0 ? "red" : left < 15_000 ? "amber" : ""}`}>
            {left < 0 ? say("wrap.over", { ago: span(-left) }) : say("wrap.left", { left: span(left) })}
          </span>
        )}
      </div>
      <NativeSelect
        label={say("wrap.how")}
        value={disposition}
        onChange={(event) => setDisposition(event.currentTarget.value)}
        data={[{ value: "", label: "—" }, ...dispositions.map(({ id, title }) => ({ value: id, label: title }))]}
        autoFocus
      />
      <textarea
        aria-label={say("wrap.note")}
        placeholder={say("wrap.note")}
        value={note}
        onChange={(event) => setNote(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && event.ctrlKey && submit(event)}
      />
      <div className="row">
        <span className="grow" />
        <button type="submit" className="btn main">
          {say("wrap.submit")}
        </button>
      </div>
    </form>
  )
}
