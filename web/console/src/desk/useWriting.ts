/** What is being written in a talk: the words, the files, what keeps it from leaving, and its way out and back. */

import type { Named, Talk } from "@dryfly/words"
import { useContext, useRef, useState } from "react"
import { useClient, useDesk } from "../hooks"
import { say } from "../say"
import { mentioned } from "./mentions"
import { filled, gapAfter, known } from "./replies"
import { UndoContext } from "./undo"
import { useDraft } from "./useDraft"
import { useFiles } from "./useFiles"

const TYPING_EVERY_MS = 3_000
const NOBODY: readonly Named[] = []

export type Writing = ReturnType<typeof useWriting>

export function useWriting(talk: Talk) {
  const client = useClient()
  const { contact } = talk
  const page = useDesk((view) => view.pages[contact]?.page ?? null)
  const agents = useDesk((view) => view.desk?.agents ?? NOBODY)
  const text_max = useDesk((view) => view.text_max)
  const bytes_max = useDesk((view) => view.attachment_bytes_max)
  const [draft, change] = useDraft(contact)
  const [caret, setCaret] = useState(0)
  const [isGapTold, setGapTold] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const typedAt = useRef(0)
  const { isNote, files } = draft
  const text = isNote ? draft.note : draft.text
  const upload = useFiles({ files, change: (more) => change({ files: more }), bytes_max })
  const over = text.length - text_max
  const gap = isNote ? null : gapAfter(text)
  const isEmpty = text.trim() === "" && (isNote || files.length === 0)
  const cannot = isEmpty || over > 0 || upload.uploading !== null

  const write = (written: string) => change(isNote ? { note: written } : { text: written })
  const focus = () => field.current?.focus()
  const selectFrom = (whole: string, from: number) =>
    requestAnimationFrame(() => {
      const found = gapAfter(whole, from)
      focus()
      field.current?.setSelectionRange(found?.start ?? whole.length, found?.end ?? whole.length)
    })

  /** Beside what is written already; the first gap is selected, to be typed over. */
  function insert(words: string, agent: string): void {
    const before = draft.text.trim() === "" ? "" : `${draft.text.trimEnd()}\n`
    const whole = before + filled(words, known(talk, page, agent))
    change({ text: whole, isNote: false })
    selectFrom(whole, before.length)
  }
  function type(written: string, at: number): void {
    write(written)
    setCaret(at)
    setGapTold(false)
    if (isNote || Date.now() - typedAt.current < TYPING_EVERY_MS) return
    typedAt.current = Date.now()
    client.typing(contact)
  }
  function send(): void {
    if (cannot) return
    focus()
    if (gap) {
      setGapTold(true)
      field.current?.setSelectionRange(gap.start, gap.end)
      return
    }
    if (isNote) client.note(contact, text.trim(), mentioned(text, agents))
    else client.say(contact, text.trim(), files)
    change(isNote ? { note: "", isNote: false } : { text: "", files: [] })
    setGapTold(false)
  }
  const undo = useContext(UndoContext)
  undo.current = (id) => {
    const back = client.undo(contact, id)
    if (!back) return false
    const whole = [back.text, draft.text].filter(Boolean).join("\n")
    change({ text: whole, files: [...back.files, ...files], isNote: false })
    selectFrom(whole, whole.length)
    return true
  }

  const problems = [
    upload.error || (over > 0 && say("write.over", { over, limit: text_max })),
    isGapTold && gap !== null && say("replies.gap", { gap: gap.text.slice(1, -1) }),
  ].filter((problem): problem is string => typeof problem === "string" && problem !== "")
  const setNote = (isOn: boolean) => change({ isNote: isOn })
  return {
    page,
    agents,
    text,
    caret,
    setCaret,
    isNote,
    setNote,
    files,
    upload,
    gap,
    cannot,
    problems,
    field,
    focus,
    write,
    type,
    insert,
    send,
    undo: (id?: string) => undo.current(id),
  }
}
