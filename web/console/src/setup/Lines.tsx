/** A difference, as the server tells it: `+` comes, `-` goes, `~` is another value. */

import { useState } from "react"
import { say } from "./words"

const SHOWN_MAX = 300
const CLASS: Readonly<Record<string, string>> = { "+": "plus", "-": "minus", "~": "tilde" }

export function Lines({ lines }: { lines: readonly string[] }) {
  const [shown, setShown] = useState(SHOWN_MAX)
  const count = (sign: string) => lines.filter((line) => line.startsWith(sign)).length
  if (lines.length === 0) return <p className="empty">{say("save.same")}</p>
  return (
    <div>
      <p className="s">{say("diff.summary", { added: count("+"), removed: count("-"), changed: count("~") })}</p>
      <ol className="difflines">
        {lines.slice(0, shown).map((line) => (
          <li key={line} className={CLASS[line[0] as string]} dir="ltr">
            {line}
          </li>
        ))}
      </ol>
      {lines.length > shown && (
        <button type="button" className="btn quiet" onClick={() => setShown(shown + 10 * SHOWN_MAX)}>
          {say("import.more", { count: lines.length - shown })}
        </button>
      )}
    </div>
  )
}
