/** Entries of one kind: a list with a filter, and the chosen one beside it. */

import type { Finding } from "@dryfly/words"
import { type FormEvent, useEffect, useMemo, useRef, useState } from "react"
import { goTo, useDesk } from "../hooks"
import { type Entry, entriesOf, entryAt, idFrom, type Json, type Kind, placeOf, withValue } from "./draft"
import { EntryField } from "./EntryField"
import { Labelled, titleOf, useAround } from "./Form"
import { below, useFindings } from "./findings"
import { GROUPS } from "./kinds"
import { problemOf } from "./problem"
import { ReplyPreview } from "./ReplyPreview"
import { useSetup } from "./store"
import { TryYesterday } from "./Trial"
import { say, sayError, sayIf } from "./words"

const SHOWN_MAX = 200
const NEW = "+"

export function EntriesPage({ kind, id }: { kind: Kind; id: string | undefined }) {
  return (
    <div className={id === undefined ? "two" : "two chosen"}>
      <EntryList kind={kind} chosen={id} />
      <div className="pane">
        {id !== undefined && (
          <button type="button" className="btn quiet back" onClick={() => goTo("setup", kind)}>
            ← {say("list.back", { what: say(`nav.${kind}`) })}
          </button>
        )}
        {id === undefined && <p className="empty">{say("list.choose")}</p>}
        {id === NEW && <NewEntry key={kind} kind={kind} />}
        {id !== undefined && id !== NEW && <EntryForm key={placeOf(kind, id)} kind={kind} id={id} />}
      </div>
    </div>
  )
}

// ---- the list ----------------------------------------------------------------------------------

interface Line {
  readonly id: string
  readonly title: string
  readonly mark: "" | "new" | "changed" | "removed"
}

function useLines(kind: Kind): readonly Line[] {
  const { store } = useAround()
  const seen = useSetup(store, (state) => state.seen)
  const edits = useSetup(store, (state) => state.edits)
  const draft = useSetup(store, (state) => state.draft)
  return useMemo(() => {
    if (!seen || !draft) return []
    const all = { ...entriesOf(seen, kind), ...entriesOf(draft, kind) }
    const mark = (id: string): Line["mark"] => {
      const edit = edits[placeOf(kind, id)]
      return !edit ? "" : edit.after === null ? "removed" : edit.before === null ? "new" : "changed"
    }
    const lines = Object.entries(all).map(([id, entry]) => ({ id, title: titleOf(entry, id), mark: mark(id) }))
    return lines.sort((one, other) => one.title.localeCompare(other.title, undefined, { numeric: true }))
  }, [seen, draft, edits, kind])
}

function EntryList({ kind, chosen }: { kind: Kind; chosen: string | undefined }) {
  const { readOnly } = useAround()
  const lines = useLines(kind)
  const [find, setFind] = useState("")
  const wanted = find.trim().toLowerCase()
  const found = lines.filter(({ id, title }) => `${title} ${id}`.toLowerCase().includes(wanted))
  return (
    <section className="entries" aria-label={say(`nav.${kind}`)}>
      <div className="row pad">
        <input
          className="input grow"
          type="search"
          placeholder={say("list.filter")}
          aria-label={say("list.filter")}
          value={find}
          onChange={(event) => setFind(event.target.value)}
        />
        {!readOnly && (
          <button type="button" className="btn main" onClick={() => goTo("setup", kind, NEW)}>
            {say("list.add")}
          </button>
        )}
      </div>
      {lines.length === 0 && <p className="empty">{say("list.none")}</p>}
      {lines.length > 0 && found.length === 0 && <p className="empty">{say("list.no_match", { find })}</p>}
      <ul>
        {found.slice(0, SHOWN_MAX).map((line) => (
          <EntryLine key={line.id} kind={kind} line={line} isChosen={line.id === chosen} />
        ))}
      </ul>
      {found.length > SHOWN_MAX && <p className="s pad">{say("import.more", { count: found.length - SHOWN_MAX })}</p>}
    </section>
  )
}

function useWaiting(kind: Kind, id: string): number {
  return useDesk((view) =>
    kind === "queues" ? (view.floor.board?.queues.find((queue) => queue.queue === id)?.waiting_count ?? 0) : 0,
  )
}

function EntryLine({ kind, line, isChosen }: { kind: Kind; line: Line; isChosen: boolean }) {
  const waiting = useWaiting(kind, line.id)
  return (
    <li>
      <a
        className={`entry ${line.mark}`}
        href={`#/setup/${kind}/${encodeURIComponent(line.id)}`}
        aria-current={isChosen ? "true" : undefined}
      >
        <span className="grow cut" dir="auto">
          {line.title}
        </span>
        {waiting > 0 && <span className="chip amber">{say("list.waiting", { count: waiting })}</span>}
        {line.mark && (
          <span className={line.mark === "removed" ? "chip red" : "chip river"}>{say(`list.${line.mark}`)}</span>
        )}
        <span className="xs cut">{line.id}</span>
      </a>
    </li>
  )
}

// ---- one entry ---------------------------------------------------------------------------------

function useChange(kind: Kind, id: string) {
  const { store } = useAround()
  return (path: string, value: Json) => {
    const { draft } = store.state
    const entry = draft && entryAt(draft, placeOf(kind, id))
    if (entry) store.put(placeOf(kind, id), withValue(entry, path.split("."), value))
  }
}

function EntryForm({ kind, id }: { kind: Kind; id: string }) {
  const { store, readOnly } = useAround()
  const where = placeOf(kind, id)
  const edit = useSetup(store, (state) => state.edits[where])
  const entry = useSetup(store, (state) => (state.draft ? entryAt(state.draft, where) : null))
  const standard = useSetup(store, (state) => state.blanks?.[kind.replaceAll("-", "_") as "queues"]) as
    | Entry
    | undefined
  const error = useSetup(store, (state) => state.error)
  const edits = useSetup(store, (state) => state.edits)
  const change = useChange(kind, id)
  const waiting = useWaiting(kind, id)
  const problem = problemOf(error, edits)
  const isHere = problem?.where === where
  const found = useFindings()
  if (!entry)
    return (
      <Removed kind={kind} id={id} isMine={edit !== undefined} restore={() => store.put(where, edit?.before ?? null)} />
    )
  const wrongAt = (path: string) => (isHere && error && problem.field.startsWith(path) ? sayError(error) : "")
  return (
    <form className="form" onSubmit={(event) => event.preventDefault()}>
      <header className="row wrap">
        <h2 className="grow cut" dir="auto">
          {titleOf(entry, id)}
        </h2>
        <code className="xs">{where}</code>
        {!readOnly && (
          <button type="button" className="btn" onClick={() => store.put(where, null)}>
            {say("entry.remove")}
          </button>
        )}
      </header>
      {waiting > 0 && <p className="notebox amber">{say("entry.in_use")}</p>}
      {isHere && error && problem.field === "" && (
        <p className="notebox red" role="alert">
          {sayError(error)}
        </p>
      )}
      {GROUPS[kind].map((group) => (
        <section key={group.title} className="group" aria-label={sayIf(group.title)}>
          {GROUPS[kind].length > 1 && <h3>{sayIf(group.title)}</h3>}
          {group.fields.map((spec) => (
            <EntryField
              key={spec.path}
              kind={kind}
              spec={spec}
              entry={entry}
              standard={standardAt(standard, spec.path)}
              problem={wrongAt(spec.path)}
              findings={fieldFindings(found, where, spec.path)}
              change={change}
            />
          ))}
        </section>
      ))}
      {kind === "queues" && <TryYesterday id={id} entry={entry} />}
      {kind === "replies" && <ReplyPreview text={String(entry.text)} insert={(text) => change("text", text)} />}
    </form>
  )
}

/** Their places without the entry's. */
const fieldFindings = (found: readonly Finding[], where: string, path: string): readonly Finding[] =>
  below(found, `${where}.${path}`).map((one) => ({ ...one, where: one.where.slice(where.length + 1) }))

function standardAt(standard: Entry | undefined, path: string): Json | undefined {
  let found: unknown = standard
  for (const key of path.split(".")) found = (found as Record<string, unknown> | undefined)?.[key]
  return found as Json | undefined
}

function Removed({ kind, id, isMine, restore }: { kind: Kind; id: string; isMine: boolean; restore: () => void }) {
  const { store } = useAround()
  const before = useSetup(store, (state) => state.edits[placeOf(kind, id)]?.before ?? undefined)
  const error = useSetup(store, (state) => state.error)
  if (!isMine) return <p className="empty">{say("list.gone")}</p>
  return (
    <div className="empty">
      <p>
        <b dir="auto">{titleOf(before, id)}</b> {say("list.removed")}
      </p>
      {error && <p className="wrong">{sayError(error)}</p>}
      <p>
        <button type="button" className="btn" onClick={restore}>
          {say("entry.restore")}
        </button>
      </p>
    </div>
  )
}

// ---- a new one ---------------------------------------------------------------------------------

const ID_RULE = /^[a-z0-9][a-z0-9_-]{0,63}$/
const begun = new Map<Kind, { title: string; id: string | null }>()

function NewEntry({ kind }: { kind: Kind }) {
  const { store, readOnly } = useAround()
  const draft = useSetup(store, (state) => state.draft)
  const blank = useSetup(store, (state) => state.blanks?.[kind.replaceAll("-", "_") as "queues"])
  const [{ title, id: chosen }, set] = useState(begun.get(kind) ?? { title: "", id: null as string | null })
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  useEffect(() => {
    begun.set(kind, { title, id: chosen })
  }, [kind, title, chosen])
  if (!draft || !blank || readOnly) return null
  const taken = entriesOf(draft, kind)
  const id = chosen ?? (title.trim() ? idFrom(title, taken) : "")
  const problem =
    id === "" || ID_RULE.test(id) ? (Object.hasOwn(taken, id) ? say("entry.id_taken") : "") : say("entry.id_wrong")
  function add(event: FormEvent): void {
    event.preventDefault()
    if (problem || id === "" || !title.trim()) return
    const named: Entry = kind === "agents" ? { name: title.trim() } : { title: title.trim() }
    begun.delete(kind)
    store.put(placeOf(kind, id), { ...(blank as unknown as Entry), ...named, id })
    goTo("setup", kind, id)
  }
  return (
    <form className="form" onSubmit={add}>
      <Labelled label={sayIf(`${kind}.${kind === "agents" ? "name" : "title"}`)}>
        {(ids) => (
          <input
            {...ids}
            ref={field}
            className="input"
            maxLength={120}
            dir="auto"
            value={title}
            onChange={(event) => set({ title: event.target.value, id: chosen })}
          />
        )}
      </Labelled>
      <Labelled label={say("entry.id")} hint={say("entry.id?")} problem={problem}>
        {(ids) => (
          <input
            {...ids}
            className="input"
            maxLength={64}
            value={id}
            onChange={(event) => set({ title, id: event.target.value || null })}
          />
        )}
      </Labelled>
      <div className="row">
        <button type="submit" className="btn main" disabled={problem !== "" || id === "" || title.trim() === ""}>
          {say("entry.add")}
        </button>
      </div>
    </form>
  )
}
