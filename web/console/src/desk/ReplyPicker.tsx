/** The site's canned replies over the composer: search, arrows, Enter. What suits this talk stands first. */

import type { ErrorBody, Replies, Talk } from "@dryfly/words"
import { useEffect, useState } from "react"
import { useClient, useDesk } from "../hooks"
import { say, sayError } from "../say"
import { Choices, useChoosing } from "./Choices"
import { found } from "./replies"

const SHOWN_MAX = 50

interface PickerProps {
  readonly talk: Talk
  /** The reply's text, with its fields, and how customers see me called. */
  readonly pick: (text: string, agentName: string) => void
  readonly close: (typed?: string) => void
}

export function ReplyPicker({ talk, pick, close }: PickerProps) {
  const [replies, setReplies] = useState<Replies | null>(null)
  const [error, setError] = useState("")
  const [query, setQuery] = useState("")
  const setUp = useDesk((view) => view.desk?.set_up ?? 0)
  const client = useClient()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version of the set-up has other replies
  useEffect(() => {
    client.replies().then(setReplies, (told: ErrorBody) => setError(sayError(told)))
  }, [client, setUp])
  const shown = replies ? found(replies.replies, talk, query).slice(0, SHOWN_MAX) : []
  const choose = (at: number) => {
    const reply = shown[at]
    if (reply && replies) pick(reply.text, replies.agent_name)
  }
  const { at, onKey } = useChoosing(shown.length, choose, close, query)
  return (
    <div className="picker card">
      <input
        role="combobox"
        aria-label={say("replies.search")}
        aria-expanded="true"
        aria-controls="replies"
        aria-activedescendant={shown.length > 0 ? `replies-${at}` : undefined}
        placeholder={say("replies.search")}
        value={query}
        // biome-ignore lint/a11y/noAutofocus: it was opened by a key to type in
        autoFocus
        onChange={(event) => (event.target.value === "/" ? close("/") : setQuery(event.target.value))}
        onKeyDown={onKey}
        onBlur={() => close()}
      />
      <Choices id="replies" label={say("replies.title")} choices={shown} at={at} keyOf={(r) => r.id} pick={choose}>
        {(reply) => (
          <>
            <b dir="auto">{reply.title}</b>
            <span className="s cut" dir="auto">
              {reply.text}
            </span>
          </>
        )}
      </Choices>
      {shown.length === 0 && <p className="empty s">{error || say(replies ? "replies.none" : "replies.loading")}</p>}
    </div>
  )
}
