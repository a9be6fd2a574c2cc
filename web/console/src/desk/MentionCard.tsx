/** A note that mentions me: it stays until I have opened it or put it away. */

import type { Mention } from "@dryfly/words"
import { goTo, useClient } from "../hooks"
import { moment, say } from "../say"

export function MentionCard({ mention, now }: { mention: Mention; now: number }) {
  const client = useClient()
  const { contact, note } = mention
  const heed = () => client.ask({ do: "heed", contact, note: note.id })
  function open(): void {
    goTo("talk", contact)
    heed()
  }
  return (
    <article className="mention" aria-label={say("mention.by", { name: note.author_name })}>
      <p className="row">
        <b className="grow cut" dir="auto">
          {say("mention.by", { name: note.author_name })}
        </b>
        <span className="xs">{moment(note.at, now)}</span>
      </p>
      <p className="s" dir="auto">
        {note.text}
      </p>
      <div className="row">
        <button type="button" className="btn" onClick={open}>
          {say("mention.open")}
        </button>
        <button type="button" className="btn quiet" onClick={heed}>
          {say("mention.done")}
        </button>
      </div>
    </article>
  )
}
