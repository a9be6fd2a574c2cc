/** Where the agent writes, to the customer or, on yellow, to colleagues. Drafts of both are kept per talk. */

import type { Named, Suggestion, Talk } from "@dryfly/words"
import { type KeyboardEvent, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react"
import { useActions } from "../actions"
import { useClient, useDesk, useKeys } from "../hooks"
import { en } from "../parts/commands.en"
import { say, speaking } from "../say"
import { Choices, useChoosing } from "./Choices"
import { Chosen } from "./Chosen"
import { begun, colleagues, mentioned, named } from "./mentions"
import { fetchReplies, ReplyPicker } from "./ReplyPicker"
import { filled, gapAfter, known } from "./replies"
import { Suggestions } from "./Suggestions"
import { nameOf } from "./TalkList"
import { UndoContext } from "./undo"
import { useDraft } from "./useDraft"
import { useFiles } from "./useFiles"

const sayAction = speaking(en)
const TYPING_EVERY_MS = 3_000
const NOBODY: readonly Named[] = []

export function Composer({ talk }: { talk: Talk }) {
  const client = useClient()
  const { contact } = talk
  const page = useDesk((view) => view.pages[contact]?.page ?? null)
  const agents = useDesk((view) => view.desk?.agents ?? NOBODY)
  const me = useDesk((view) => view.desk?.me.agent ?? null)
  const text_max = useDesk((view) => view.text_max)
  const bytes_max = useDesk((view) => view.attachment_bytes_max)
  const [draft, change] = useDraft(contact)
  const { isNote, files } = draft
  const text = isNote ? draft.note : draft.text
  const write = (written: string) => change(isNote ? { note: written } : { text: written })
  const upload = useFiles({ files, change: (more) => change({ files: more }), bytes_max })
  const [isPicking, setPicking] = useState(false)
  const [caret, setCaret] = useState(0)
  const [isGapTold, setGapTold] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const typedAt = useRef(0)
  const over = text.length - text_max
  const gap = isNote ? null : gapAfter(text)
  const isEmpty = text.trim() === "" && (isNote || files.length === 0)
  const cannot = isEmpty || over > 0 || upload.uploading !== null

  useEffect(() => {
    if (matchMedia("(min-width: 1001px)").matches) field.current?.focus()
  }, [])

  // ---- putting words in ------------------------------------------------------------------------

  /** Beside what is written already; the first gap is selected, to be typed over. */
  function insert(words: string): void {
    const before = draft.text.trim() === "" ? "" : `${draft.text.trimEnd()}\n`
    change({ text: before + words, isNote: false })
    setPicking(false)
    select(before + words, before.length)
  }
  function select(whole: string, from: number): void {
    requestAnimationFrame(() => {
      const found = gapAfter(whole, from)
      field.current?.focus()
      field.current?.setSelectionRange(found?.start ?? whole.length, found?.end ?? whole.length)
    })
  }
  const latest = useRef({ insert, talk, page })
  latest.current = { insert, talk, page }
  const use = useCallback(async ({ text }: Suggestion) => {
    const agent = await fetchReplies().then(
      (replies) => replies.agent_name,
      () => "",
    )
    const { insert, talk, page } = latest.current
    insert(filled(text, known(talk, page, agent)))
  }, [])

  // ---- sending ---------------------------------------------------------------------------------

  function send(): void {
    if (cannot) return
    if (gap) {
      setGapTold(true)
      field.current?.focus()
      field.current?.setSelectionRange(gap.start, gap.end)
      return
    }
    if (isNote) client.note(contact, text.trim(), mentioned(text, agents))
    else client.say(contact, text.trim(), files)
    change(isNote ? { note: "", isNote: false } : { text: "", files: [] })
    setGapTold(false)
    field.current?.focus()
  }
  const undo = useContext(UndoContext)
  undo.current = (id) => {
    const back = client.undo(contact, id)
    if (!back) return false
    const whole = [back.text, draft.text].filter(Boolean).join("\n")
    change({ text: whole, files: [...back.files, ...files], isNote: false })
    select(whole, whole.length)
    return true
  }

  // ---- keys ------------------------------------------------------------------------------------

  const mention = isNote ? begun(text, caret) : null
  const offered = mention === null ? NOBODY : colleagues(agents, mention, me)
  function pickColleague(at: number): void {
    const agent = offered[at]
    if (!agent) return
    const [written, after] = named(text, caret, agent.title)
    write(written)
    setCaret(after)
    requestAnimationFrame(() => field.current?.setSelectionRange(after, after))
  }
  const choosing = useChoosing(offered.length, pickColleague, () => setCaret(0), mention ?? "")

  function onKey(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (offered.length > 0 && choosing.onKey(event)) return
    const isControl = event.ctrlKey || event.metaKey
    if (event.key === "Enter" && isControl) send()
    else if (event.key === "z" && isControl && text === "" && undo.current()) event.preventDefault()
    else if (event.key === "Escape") (text === "" && undo.current()) || field.current?.blur()
    else if (event.key === "/" && text === "" && !isNote) {
      event.preventDefault()
      setPicking(true)
    } else if (event.key === "Tab" && !event.shiftKey && gap) nextGap(event)
  }
  /** Tab goes from gap to gap while there are any. */
  function nextGap(event: KeyboardEvent<HTMLTextAreaElement>): void {
    const next = gapAfter(text, event.currentTarget.selectionEnd)
    if (!next) return
    event.preventDefault()
    event.currentTarget.setSelectionRange(next.start, next.end)
  }
  function type(written: string, at: number): void {
    write(written)
    setCaret(at)
    setGapTold(false)
    if (isNote || Date.now() - typedAt.current < TYPING_EVERY_MS) return
    typedAt.current = Date.now()
    client.typing(contact)
  }
  const does = useRef({ note: () => {}, reply: () => {}, undo: () => {}, attach: () => {} })
  const picker = useRef<HTMLInputElement>(null)
  does.current = {
    note: () => {
      change({ isNote: true })
      field.current?.focus()
    },
    reply: () => setPicking(true),
    undo: () => void undo.current(),
    attach: () => picker.current?.click(),
  }
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

  const name = nameOf(talk)
  const problem = upload.error || (over > 0 && say("write.over", { over, limit: text_max }))
  const label = say(isNote ? "write.note_label" : "write.label", { name })
  return (
    <section
      className={isNote ? "comp noting" : "comp"}
      aria-label={label}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        if (event.dataTransfer.files.length > 0) upload.attach(event.dataTransfer.files)
      }}
    >
      {!isNote && !isPicking && <Suggestions contact={contact} page={page} use={use} />}
      {isPicking && (
        <ReplyPicker
          talk={talk}
          pick={(reply, agent) => insert(filled(reply, known(talk, page, agent)))}
          close={(typed) => {
            setPicking(false)
            if (typed) write(typed)
            field.current?.focus()
          }}
        />
      )}
      {offered.length > 0 && (
        <Choices
          id="mentions"
          label={say("mention.title")}
          choices={offered}
          at={choosing.at}
          keyOf={(agent) => agent.id}
          pick={pickColleague}
        >
          {(agent) => <bdi>{agent.title}</bdi>}
        </Choices>
      )}
      <textarea
        ref={field}
        dir="auto"
        value={text}
        onChange={(event) => type(event.target.value, event.target.selectionStart)}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKey}
        onPaste={(event) => {
          if (event.clipboardData.files.length === 0) return
          event.preventDefault()
          upload.attach(event.clipboardData.files)
        }}
        aria-label={label}
        aria-controls={offered.length > 0 ? "mentions" : undefined}
        aria-activedescendant={offered.length > 0 ? `mentions-${choosing.at}` : undefined}
        placeholder={say(isNote ? "write.note" : "write.to", { name })}
      />
      {problem && (
        <p className="wrong" role="alert">
          {problem}
        </p>
      )}
      {isGapTold && gap && (
        <p className="wrong" role="alert">
          {say("replies.gap", { gap: gap.text.slice(1, -1) })}
        </p>
      )}
      <Chosen files={isNote ? [] : files} uploading={upload.uploading} drop={upload.drop} />
      <div className="row">
        <button type="button" className="btn quiet" aria-pressed={isNote} onClick={() => change({ isNote: !isNote })}>
          {say("write.note_mode")} <kbd>N</kbd>
        </button>
        {!isNote && (
          <>
            <label className="btn quiet">
              {say("write.attach")} <kbd>Alt U</kbd>
              <input
                ref={picker}
                className="sr"
                type="file"
                multiple
                onChange={(event) => {
                  if (event.target.files) upload.attach(event.target.files)
                  event.target.value = ""
                }}
              />
            </label>
            <button type="button" className="btn quiet" aria-expanded={isPicking} onClick={() => setPicking(true)}>
              {say("replies.title")} <kbd>/</kbd>
            </button>
          </>
        )}
        <span className="grow" />
        <button type="button" className="btn main" aria-disabled={cannot || gap !== null} onClick={send}>
          {say(isNote ? "write.note_send" : "write.send")} <kbd>Ctrl ↵</kbd>
        </button>
      </div>
    </section>
  )
}
