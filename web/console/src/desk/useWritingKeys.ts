/** The keys of the field itself, and those that work wherever nobody is writing. */

import { type KeyboardEvent, useMemo, useRef } from "react"
import { useActions } from "../actions"
import { useKeys } from "../hooks"
import { en } from "../parts/commands.en"
import { speaking } from "../say"
import { gapAfter } from "./replies"
import type { Writing } from "./useWriting"

const sayAction = speaking(en)

/** What the keys of the composer do beside writing. */
export interface Doing {
  readonly note: () => void
  readonly reply: () => void
  readonly undo: () => void
  readonly attach: () => void
}

export function useComposerKeys(doing: Doing): void {
  const does = useRef(doing)
  does.current = doing
  useKeys(
    useMemo(
      () => ({
        n: () => does.current.note(),
        "/": () => does.current.reply(),
        "Alt+/": () => does.current.reply(),
        "Alt+u": () => does.current.attach(),
        "Alt+z": () => does.current.undo(),
      }),
      [],
    ),
  )
  useActions(
    useMemo(
      () => [
        { id: "note", title: sayAction("act.note"), keys: "N", run: () => does.current.note() },
        { id: "reply", title: sayAction("act.reply"), keys: "/", run: () => does.current.reply() },
      ],
      [],
    ),
  )
}

/** A key in the field. An empty one takes back what was sent, opens the replies, or lets go. */
export function onFieldKey(event: KeyboardEvent<HTMLTextAreaElement>, writing: Writing, pickReply: () => void): void {
  const { text, isNote, gap, undo } = writing
  const isControl = event.ctrlKey || event.metaKey
  if (event.key === "Enter" && isControl) writing.send()
  else if (event.key === "z" && isControl && text === "" && undo()) event.preventDefault()
  else if (event.key === "Escape") (text === "" && undo()) || event.currentTarget.blur()
  else if (event.key === "/" && text === "" && !isNote) {
    event.preventDefault()
    pickReply()
  } else if (event.key === "Tab" && !event.shiftKey && gap) toNextGap(event, text)
}

/** Tab goes from gap to gap while there are any. */
function toNextGap(event: KeyboardEvent<HTMLTextAreaElement>, text: string): void {
  const next = gapAfter(text, event.currentTarget.selectionEnd)
  if (!next) return
  event.preventDefault()
  event.currentTarget.setSelectionRange(next.start, next.end)
}
