/** A canned reply as the customer reads it, with fields filled by way of example. */

import { useAround } from "./Form"
import { REPLY_FIELDS } from "./kinds"
import { say } from "./words"

const EXAMPLE: Readonly<Record<string, string>> = { customer: "Noah Brown", agent: "Maja", order: "W2611340" }

export function ReplyPreview({ text, insert }: { text: string; insert: (text: string) => void }) {
  const { readOnly } = useAround()
  const parts = text.split(/(\{[a-z_]+\})/)
  return (
    <section className="group" aria-label={say("replies.preview")}>
      {!readOnly && (
        <div className="row wrap">
          <span className="s">{say("replies.insert")}</span>
          {REPLY_FIELDS.map((name) => (
            <button key={name} type="button" className="btn" onClick={() => insert(`${text}{${name}}`)}>
              {`{${name}}`}
            </button>
          ))}
        </div>
      )}
      <h3>{say("replies.preview")}</h3>
      <p className="bubble" dir="auto">
        {parts.map((part, number) => {
          const name = part.slice(1, -1)
          const isField = part.startsWith("{") && part.endsWith("}") && part.length > 2
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
          return isField ? <mark key={number}>{EXAMPLE[name] ?? part}</mark> : <span key={number}>{part}</span>
        })}
      </p>
    </section>
  )
}
