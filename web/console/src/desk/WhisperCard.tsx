/** A supervisor's whisper in a talk of mine that is not before me: it leads there. */

import type { Mention } from "@dryfly/words"
import { goTo } from "../hooks"
import { moment, say } from "../say"

export function WhisperCard({ whisper, now }: { whisper: Mention; now: number }) {
  const { contact, note } = whisper
  const by = say("whisper.from", { name: note.author_name })
  return (
    <article className="mention" aria-label={by}>
      <p className="row">
        <b className="grow cut" dir="auto">
          {by}
        </b>
        <span className="xs">{moment(note.at, now)}</span>
      </p>
      <p className="s" dir="auto">
        {note.text}
      </p>
      <button type="button" className="btn" onClick={() => goTo("talk", contact)}>
        {say("mention.open")}
      </button>
    </article>
  )
}
