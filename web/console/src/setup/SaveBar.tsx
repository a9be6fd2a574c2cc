/** What is about to change: how much, what exactly, and what somebody else did to it. */

import type { ErrorBody } from "@dryfly/words"
import { useEffect, useState } from "react"
import { goTo } from "../hooks"
import { setupApi } from "./api"
import type { Conflict, Json } from "./draft"
import { useAround } from "./Form"
import { Lines } from "./Lines"
import { problemOf } from "./problem"
import { useSetup } from "./store"
import { say, sayError } from "./words"

export function SaveBar() {
  const { store } = useAround()
  const state = useSetup(store, (all) => all)
  const count = Object.keys(state.edits).length
  const [isReviewing, setReviewing] = useState(false)
  useEffect(() => {
    if (count === 0) setReviewing(false)
  }, [count])
  useKeysOfDraft()
  useWarning(count > 0 && !state.isKept)
  const canSave = count > 0 && state.conflicts.length === 0 && !state.isSaving
  return (
    <section className="savebar" aria-label={say("save.review_title")}>
      {isReviewing && <Review close={() => setReviewing(false)} />}
      <Told />
      {state.conflicts.length > 0 && <Conflicts conflicts={state.conflicts} />}
      {(count > 0 || state.undone.length > 0) && (
        <div className="row wrap">
          <b>{say("save.count", { count })}</b>
          <span className={state.isKept ? "xs" : "chip amber"}>
            {say(state.isKept ? "save.kept" : "save.not_kept")}
          </span>
          <span className="grow" />
          <button type="button" className="btn quiet" disabled={state.done.length === 0} onClick={() => store.undo()}>
            {say("save.undo")} <kbd>Ctrl Z</kbd>
          </button>
          <button type="button" className="btn quiet" disabled={count === 0} onClick={() => store.discard()}>
            {say("save.discard")}
          </button>
          <button
            type="button"
            className="btn"
            disabled={count === 0}
            aria-expanded={isReviewing}
            onClick={() => setReviewing(!isReviewing)}
          >
            {say("save.review")}
          </button>
          <button type="button" className="btn main" disabled={!canSave} onClick={() => store.save()}>
            {say(state.isSaving ? "save.saving" : "save.save")} <kbd>Ctrl S</kbd>
          </button>
        </div>
      )}
    </section>
  )
}

function Told() {
  const { store } = useAround()
  const { error, edits, saved, moved, conflicts } = useSetup(store, (all) => all)
  const problem = problemOf(error, edits)
  const place = problem?.where === "site" ? ["site"] : problem?.where.split("/")
  if (error)
    return (
      <p className="notebox red row wrap" role="alert">
        <span className="grow">{sayError(error)}</span>
        {place?.[0] && (
          <button type="button" className="link" onClick={() => goTo("setup", ...(place as string[]))}>
            {say("save.go")}
          </button>
        )}
      </p>
    )
  if (moved && conflicts.length === 0) return <Note text={say("save.moved")} heed={() => store.heed()} />
  if (saved) return <Note text={say("save.saved", { count: saved.length })} heed={() => store.heed()} />
  return null
}

function Note({ text, heed }: { text: string; heed: () => void }) {
  return (
    <p className="notebox row" role="status">
      <span className="grow">{text}</span>
      <button type="button" className="link" onClick={heed}>
        {say("close")}
      </button>
    </p>
  )
}

/** The server tells the difference, in the words of `dryfly config diff`. */
function Review({ close }: { close: () => void }) {
  const { store } = useAround()
  const edits = useSetup(store, (state) => state.edits)
  const [lines, setLines] = useState<readonly string[] | null>(null)
  const [error, setError] = useState<ErrorBody | null>(null)
  useEffect(() => {
    let isWanted = true
    const timer = setTimeout(() => {
      setupApi.edit(edits, false).then(
        (told) => {
          if (!isWanted) return
          setLines(told.lines)
          setError(null)
        },
        (refused: ErrorBody) => isWanted && setError(refused),
      )
    }, 200)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [edits])
  return (
    <section className="review" aria-label={say("save.review_title")}>
      <div className="row">
        <h3 className="grow">{say("save.review_title")}</h3>
        <button type="button" className="btn quiet" onClick={close}>
          {say("close")}
        </button>
      </div>
      {error ? <p className="wrong">{sayError(error)}</p> : lines ? <Lines lines={lines} /> : <p className="s">…</p>}
    </section>
  )
}

// ---- two at once -------------------------------------------------------------------------------

const CONFLICTS_SHOWN_MAX = 20

function Conflicts({ conflicts }: { conflicts: readonly Conflict[] }) {
  return (
    <section className="notebox amber" role="alert">
      <p>{say("save.conflicts", { count: conflicts.length })}</p>
      <ul className="conflicts">
        {conflicts.slice(0, CONFLICTS_SHOWN_MAX).map((conflict) => (
          <ConflictLine key={`${conflict.where}.${conflict.path.join(".")}`} conflict={conflict} />
        ))}
      </ul>
    </section>
  )
}

function ConflictLine({ conflict }: { conflict: Conflict }) {
  const { store } = useAround()
  return (
    <li className="row wrap">
      <code className="grow">{[conflict.where, ...conflict.path].join(".")}</code>
      <button type="button" className="btn" onClick={() => store.decide(conflict, false)}>
        {say("save.mine", { value: told(conflict.mine, conflict.path.length === 0) })}
      </button>
      <button type="button" className="btn" onClick={() => store.decide(conflict, true)}>
        {say("save.theirs", { value: told(conflict.theirs, conflict.path.length === 0) })}
      </button>
    </li>
  )
}

function told(value: Json | undefined, isWhole: boolean): string {
  if (value === undefined || value === null) return isWhole ? say("save.removed") : say("save.nothing")
  if (value === "") return say("save.empty")
  return typeof value === "object" ? JSON.stringify(value).slice(0, 60) : String(value)
}

// ---- keys --------------------------------------------------------------------------------------

function useKeysOfDraft(): void {
  const { store } = useAround()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return
      const key = event.key.toLowerCase()
      const isWriting = (event.target as HTMLElement).closest("input:not([type=checkbox]),textarea")
      if (key === "s") store.save()
      else if (isWriting) return
      else if (key === "z") event.shiftKey ? store.redo() : store.undo()
      else if (key === "y") store.redo()
      else return
      event.preventDefault()
    }
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  }, [store])
}

/** Only where the browser keeps no drafts would anything be lost. */
function useWarning(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener("beforeunload", warn)
    return () => removeEventListener("beforeunload", warn)
  }, [isOn])
}
