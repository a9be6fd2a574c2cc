/** While a name is being written after "@" in a note: who is meant. */

import type { Named } from "@dryfly/words"
import { useDesk } from "../hooks"
import { useChoosing } from "./Choices"
import { begun, colleagues, named } from "./mentions"
import type { Writing } from "./useWriting"

const NOBODY: readonly Named[] = []

export function useMentions({ isNote, text, caret, setCaret, agents, write, field }: Writing) {
  const me = useDesk((view) => view.desk?.me.agent ?? null)
  const mention = isNote ? begun(text, caret) : null
  const offered = mention === null ? NOBODY : colleagues(agents, mention, me)
  function pick(at: number): void {
    const agent = offered[at]
    if (!agent) return
    const [written, after] = named(text, caret, agent.title)
    write(written)
    setCaret(after)
    requestAnimationFrame(() => field.current?.setSelectionRange(after, after))
  }
  const choosing = useChoosing(offered.length, pick, () => setCaret(0), mention ?? "")
  return { offered, pick, at: choosing.at, onKey: choosing.onKey }
}
