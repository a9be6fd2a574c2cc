/** Where the agent writes, to the customer or, on yellow, to colleagues. Drafts are kept per talk. */

import type { AttachmentRef, ErrorBody, Talk } from "@dryfly/words"
import { type ChangeEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react"
import { api } from "../api"
import { type Draft, keepDraft, readDraft } from "../drafts"
import { useClient, useDesk, useKeys } from "../hooks"
import { say, sayError } from "../say"
import { nameOf } from "./TalkList"

const TYPING_EVERY_MS = 3_000

function useDraft(contact: string) {
  const [draft, setDraft] = useState(() => readDraft(contact))
  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part }
    setDraft(next)
    keepDraft(contact, next)
  }
  return [draft, change] as const
}

function useFiles() {
  const [files, setFiles] = useState<readonly AttachmentRef[]>([])
  const [busy, setBusy] = useState("")
  const [error, setError] = useState("")
  async function attach(chosen: Iterable<File>): Promise<void> {
    setError("")
    for (const file of chosen) {
      setBusy(file.name)
      await api.attach(file).then(
        (ref) => setFiles((known) => [...known, ref]),
        (refused: ErrorBody) => setError(sayError(refused)),
      )
    }
    setBusy("")
  }
  const drop = (id: string) => setFiles((known) => known.filter((file) => file.id !== id))
  return { files, busy, error, attach, drop, clear: () => setFiles([]) }
}

export function Composer({ talk }: { talk: Talk }) {
  const client = useClient()
  const { contact } = talk
  const [draft, change] = useDraft(contact)
  const { files, busy, error, attach, drop, clear } = useFiles()
  const over = useDesk((view) => draft.text.length - view.text_max)
  const field = useRef<HTMLTextAreaElement>(null)
  const typedAt = useRef(0)
  const isEmpty = draft.text.trim() === "" && (draft.isNote || files.length === 0)

  useEffect(() => {
    if (matchMedia("(min-width: 1001px)").matches) field.current?.focus()
  }, [])
  const startNote = useRef(() => {})
  startNote.current = () => {
    change({ isNote: true })
    field.current?.focus()
  }
  const keys = useMemo(() => ({ n: () => startNote.current() }), [])
  useKeys(keys)

  function send(): void {
    if (isEmpty || over > 0 || busy) return
    if (draft.isNote) client.note(contact, draft.text.trim())
    else client.say(contact, draft.text.trim(), files)
    if (!draft.isNote) clear()
    change({ text: "", isNote: false })
    field.current?.focus()
  }
  function write(event: ChangeEvent<HTMLTextAreaElement>): void {
    change({ text: event.target.value })
    if (draft.isNote || Date.now() - typedAt.current < TYPING_EVERY_MS) return
    typedAt.current = Date.now()
    client.typing(contact)
  }
  function onKey(event: KeyboardEvent): void {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send()
    if (event.key === "Escape") field.current?.blur()
  }

  const name = nameOf(talk)
  return (
    <section
      className={draft.isNote ? "comp noting" : "comp"}
      aria-label={say(draft.isNote ? "write.note_label" : "write.label", { name })}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        attach(event.dataTransfer.files)
      }}
    >
      <textarea
        ref={field}
        dir="auto"
        value={draft.text}
        onChange={write}
        onKeyDown={onKey}
        onPaste={(event) => event.clipboardData.files.length > 0 && attach(event.clipboardData.files)}
        aria-label={say(draft.isNote ? "write.note_label" : "write.label", { name })}
        placeholder={say(draft.isNote ? "write.note" : "write.to", { name })}
      />
      {(error || over > 0) && (
        <p className="wrong" role="alert">
          {error || say("write.over", { over })}
        </p>
      )}
      {busy && (
        <p className="s" role="status">
          {say("write.uploading", { name: busy })}
        </p>
      )}
      {files.length > 0 && (
        <p className="row">
          {files.map((file) => (
            <span key={file.id} className="chip">
              {file.name}{" "}
              <button
                type="button"
                className="link"
                aria-label={say("write.remove", { name: file.name })}
                onClick={() => drop(file.id)}
              >
                ×
              </button>
            </span>
          ))}
        </p>
      )}
      <div className="row">
        <button
          type="button"
          className="btn quiet"
          aria-pressed={draft.isNote}
          onClick={() => change({ isNote: !draft.isNote })}
        >
          {say("write.note_mode")} <kbd>N</kbd>
        </button>
        {!draft.isNote && (
          <label className="btn quiet">
            {say("write.attach")}
            <input
              className="sr"
              type="file"
              multiple
              onChange={(event) => event.target.files && attach(event.target.files)}
            />
          </label>
        )}
        <span className="grow" />
        <button type="button" className="btn main" aria-disabled={isEmpty || over > 0 || busy !== ""} onClick={send}>
          {say(draft.isNote ? "write.note_send" : "write.send")} <kbd>Ctrl ↵</kbd>
        </button>
      </div>
    </section>
  )
}
