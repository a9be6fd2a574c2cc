/** At the foot of a colleague's talk: what who was asked into it may do there. */

import type { Role, Talk } from "@dryfly/words"
import { type FormEvent, type KeyboardEvent, useState } from "react"
import { keepDraft, readDraft } from "../drafts"
import { goTo, useClient } from "../hooks"
import { say } from "../say"
import { Composer } from "./Composer"

export function Guest({ talk, role }: { talk: Talk; role: Role }) {
  const client = useClient()
  function leave(): void {
    client.ask({ do: "part", contact: talk.contact })
    goTo("")
  }
  const text = { name: talk.owner_name || say("list.label") }
  return (
    <>
      <div className="bar guest">
        <span className="grow s">{say(role === "invited" ? "guest.invited" : "guest.consulted", text)}</span>
        <button type="button" className="btn" onClick={leave}>
          {say("talk.leave")}
        </button>
      </div>
      {role === "invited" ? <Composer talk={talk} /> : <NoteOnly contact={talk.contact} />}
    </>
  )
}

/** Notes, and nothing that could reach the customer. */
function NoteOnly({ contact }: { contact: string }) {
  const client = useClient()
  const [draft, setDraft] = useState(() => readDraft(contact, client.now()))
  const text = draft.note
  function write(note: string): void {
    setDraft({ ...draft, note })
    keepDraft(contact, { ...draft, note })
  }
  function submit(event: FormEvent | KeyboardEvent): void {
    event.preventDefault()
    if (text.trim() === "") return
    client.note(contact, text.trim())
    write("")
  }
  return (
    <form className="comp noting" onSubmit={submit}>
      <textarea
        dir="auto"
        aria-label={say("write.note_label")}
        placeholder={say("write.note")}
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && submit(event)}
      />
      <div className="row">
        <span className="grow" />
        <button type="submit" className="btn main" aria-disabled={text.trim() === ""}>
          {say("write.note_send")} <kbd>Ctrl ↵</kbd>
        </button>
      </div>
    </form>
  )
}
