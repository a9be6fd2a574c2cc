/** Words under way outlive the page: sent again with the same id, the server does them once. */

import type { Command, Keep } from "@dryfly/words"

const KEY = "dryfly:sent:"
const WORDS: ReadonlySet<string> = new Set(["say", "note"])

/** Of one person at this machine: nobody's words leave in somebody else's name. Anything but words is not done later. */
export function keepOf(person: string): Keep {
  const prefix = `${KEY}${person}:`
  return {
    load: () => {
      try {
        const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix))
        return keys.sort().map((key) => JSON.parse(localStorage.getItem(key) as string) as Command)
      } catch {
        return []
      }
    },
    put: (command) => {
      if (!WORDS.has(command.do)) return
      try {
        localStorage.setItem(prefix + command.id, JSON.stringify(command))
      } catch {
        // No room: it is still sent as long as the page lives.
      }
    },
    drop: (id) => {
      try {
        localStorage.removeItem(prefix + id)
      } catch {
        // Nothing was kept either.
      }
    },
  }
}
