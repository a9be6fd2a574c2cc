/** A supervisor's word, right above where the agent writes, until it is heeded or answered. The customer never sees it. */

import type { TalkPage } from "@dryfly/words"
import { useState } from "react"
import { say } from "../say"

export function Whispers({ page }: { page: TalkPage }) {
  const [heard, setHeard] = useState(0)
  const answered = page.messages.findLast((message) => message.author === "agent")?.seq ?? 0
  const whispers = page.notes.filter((note) => note.whisper && note.seq > Math.max(heard, answered))
  const last = whispers.at(-1)
  if (!last) return null
  return (
    <div className="whispers" role="alert">
      {whispers.map((note) => (
        <p key={note.id} dir="auto">
          <b>{say("whisper.from", { name: note.author_name })}:</b> {note.text}
        </p>
      ))}
      <span className="row">
        <span className="xs grow">{say("whisper.only")}</span>
        <button type="button" className="btn" onClick={() => setHeard(last.seq)}>
          {say("whisper.heard")}
        </button>
      </span>
    </div>
  )
}
