/** The list of all keys: "?" opens it. */

import { useMemo, useState } from "react"
import { useKeys } from "../hooks"
import { say } from "../say"
import { Window } from "./Dialog"
import { KEYS } from "./keys"

export function Keys() {
  const [isOpen, setOpen] = useState(false)
  useKeys(useMemo(() => ({ "?": () => setOpen(true) }), []))
  return (
    <>
      <button type="button" className="btn quiet keylist" aria-label={say("keys.title")} onClick={() => setOpen(true)}>
        <kbd>?</kbd>
      </button>
      {isOpen && (
        <Window title={say("keys.title")} close={() => setOpen(false)} size="lg">
          <div className="keys">
            {KEYS.map(([group, lines]) => (
              <section key={group}>
                <h3>
                  <b>{say(group)}</b>
                </h3>
                <dl>
                  {lines.map(([keys, does]) => (
                    <div key={keys + does}>
                      <dt>
                        <kbd>{keys}</kbd>
                      </dt>
                      <dd>{say(does)}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </Window>
      )}
    </>
  )
}
