/** Below the field: what kind of words they are, what goes with them, and sending. */

import { type RefObject, useCallback } from "react"
import { say } from "../say"
import type { Writing } from "./useWriting"

interface WritingBarProps {
  readonly writing: Writing
  readonly picker: RefObject<HTMLInputElement | null>
  readonly isPicking: boolean
  readonly pickReply: () => void
}

export function WritingBar({ writing, picker, isPicking, pickReply }: WritingBarProps) {
  const { isNote, cannot, gap, upload } = writing
  const attach = useCallback(
    (input: HTMLInputElement) => {
      if (input.files) upload.attach(input.files)
      input.value = "" // so that the same file may be chosen again
    },
    [upload],
  )
  return (
    <div className="row">
      <button type="button" className="btn quiet" aria-pressed={isNote} onClick={() => writing.setNote(!isNote)}>
        {say("write.note_mode")} <kbd>N</kbd>
      </button>
      {!isNote && (
        <>
          <label className="btn quiet">
            {say("write.attach")} <kbd>Alt U</kbd>
            <input ref={picker} className="sr" type="file" multiple onChange={(event) => attach(event.target)} />
          </label>
          <button type="button" className="btn quiet" aria-expanded={isPicking} onClick={pickReply}>
            {say("replies.title")} <kbd>/</kbd>
          </button>
        </>
      )}
      <span className="grow" />
      <button type="button" className="btn main" aria-disabled={cannot || gap !== null} onClick={writing.send}>
        {say(isNote ? "write.note_send" : "write.send")} <kbd>Ctrl ↵</kbd>
      </button>
    </div>
  )
}
