/** One field for everything that can be found or done, and all of it by keyboard. Ctrl+K opens it anywhere. */

import type { Piece, TalkHit } from "@dryfly/words"
import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from "react"
import { useAllActions } from "../actions"
import { goTo, useDesk, useNow } from "../hooks"
import { moment, sayCode, sayError, speaking } from "../say"
import { type Group, groupsFor, type Item, titled, withRecent } from "./commandItems"
import { en } from "./commands.en"
import { type Searched, useSearch } from "./useSearch"

const say = speaking(en)
const NOTHING: readonly Item[] = []
/** What was chosen lately, of this page only: nothing of customers is kept in the browser. */
let recent = NOTHING

export function CommandBar() {
  const dialog = useRef<HTMLDialogElement>(null)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isOpen])
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      setOpen((is) => !is)
    }
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  }, [])
  return (
    <>
      <button type="button" className="finder" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          <path
            d="M7 2a5 5 0 1 0 0 10A5 5 0 0 0 7 2Zm4 9 3.5 3.5"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.6"
          />
        </svg>
        <span className="cut">{say("bar.open")}</span> <kbd>Ctrl K</kbd>
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys close it by Escape */}
      <dialog
        ref={dialog}
        className="commands"
        aria-label={say("bar.title")}
        onClose={() => setOpen(false)}
        onClick={({ target, currentTarget }) => target === currentTarget && setOpen(false)}
      >
        {isOpen && <Bar close={() => setOpen(false)} />}
      </dialog>
    </>
  )
}

function Bar({ close }: { close: () => void }) {
  const [typed, setTyped] = useState("")
  const [at, setAt] = useState(0)
  const actions = useAllActions()
  const talks = useDesk((view) => view.desk?.talks)
  const searched = useSearch(typed)
  const { page } = searched
  const groups = useMemo(
    () => groupsFor(typed, { actions, talks: talks ?? [], recent, page }),
    [typed, actions, talks, page],
  )
  const items = groups.flatMap((group) => group.items)
  const chosen = Math.min(at, items.length - 1)
  const list = useRef<HTMLDivElement>(null)
  useShown(list, chosen)
  function choose(item: Item | undefined): void {
    if (!item) return
    if (item.is === "more") {
      searched.more()
      return
    }
    recent = withRecent(recent, item)
    close()
    setTimeout(() => open(item)) // after the focus is back where it was
  }
  function onKey(event: KeyboardEvent): void {
    const to = { ArrowDown: chosen + 1, ArrowUp: chosen - 1, PageDown: chosen + 8, PageUp: chosen - 8 }[event.key]
    if (to !== undefined)
      setAt(Math.abs(to - chosen) === 1 ? (to + items.length) % items.length : clamp(to, items.length))
    else if (event.key === "Enter") choose(items[chosen])
    else if (event.key === "Escape")
      close() // at once: the browser's own closing is told a moment later
    else return
    event.preventDefault()
  }
  return (
    <div className="commandbox">
      <input
        // biome-ignore lint/a11y/noAutofocus: the dialog is this field
        autoFocus
        role="combobox"
        aria-label={say("bar.open")}
        aria-expanded="true"
        aria-controls="commandlist"
        aria-autocomplete="list"
        aria-activedescendant={items.length > 0 ? `command-${chosen}` : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        placeholder={say("bar.open")}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value)
          setAt(0)
        }}
        onKeyDown={onKey}
      />
      <div ref={list} id="commandlist" role="listbox" aria-label={say("bar.title")} className="commandlist">
        {groups.map((group) => (
          <Lines
            key={group.name}
            group={group}
            first={items.indexOf(group.items[0] as Item)}
            chosen={chosen}
            choose={choose}
          />
        ))}
      </div>
      <Told searched={searched} typed={typed} count={items.length} />
    </div>
  )
}

const clamp = (to: number, count: number): number => Math.max(0, Math.min(to, count - 1))

function useShown(list: RefObject<HTMLDivElement | null>, chosen: number): void {
  useEffect(() => {
    list.current?.querySelector(`#command-${chosen}`)?.scrollIntoView({ block: "nearest" })
  }, [list, chosen])
}

function open(item: Item): void {
  if (item.is === "action") item.action.run()
  else if (item.is === "mine") goTo("talk", item.talk.contact)
  else if (item.is === "talk") goTo("talk", item.hit.talk.contact)
  else if (item.is === "customer") goTo("customer", item.hit.customer)
}

/** What became of the search, in a line that is always there, so that nothing jumps. */
function Told({ searched, typed, count }: { searched: Searched; typed: string; count: number }) {
  const { error, isAsking, page } = searched
  const query = typed.trim()
  const isNone = query.length > 1 && count === 0 && !isAsking && !error
  return (
    <>
      {isNone && (
        <div className="empty">
          <b>{say("bar.none", { query })}</b>
          <p className="s">{say("bar.none_hint")}</p>
        </div>
      )}
      <p className="commandfoot xs" role="status">
        <span className="grow">
          {error
            ? say("bar.failed", { reason: sayError(error) })
            : isAsking
              ? say("bar.searching")
              : page?.cut
                ? say("bar.cut")
                : query && say("bar.count", { count })}
        </span>
        <span aria-hidden="true">{say("bar.keys", { up: "↑", down: "↓", enter: "↵", escape: "Esc" })}</span>
      </p>
    </>
  )
}

interface LinesProps {
  readonly group: Group
  readonly first: number
  readonly chosen: number
  readonly choose: (item: Item) => void
}

function Lines({ group, first, chosen, choose }: LinesProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
    <div role="group" aria-labelledby={`commands-${group.name}`}>
      <h3 id={`commands-${group.name}`} className="xs" role="presentation">
        {say(`bar.${group.name}`)}
      </h3>
      {group.items.map((item, number) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the field has the focus and the keys
        <div
          key={item.id}
          id={`command-${first + number}`}
          role="option"
          aria-selected={first + number === chosen}
          className="command"
          onClick={() => choose(item)}
        >
          <Line item={item} />
        </div>
      ))}
    </div>
  )
}

function Line({ item }: { item: Item }) {
  switch (item.is) {
    case "action":
      return (
        <span className="row">
          <span className="grow cut">{item.action.title}</span>
          {item.action.keys && <kbd>{item.action.keys}</kbd>}
        </span>
      )
    case "mine":
      return (
        <span className="row">
          <b className="cut" dir="auto">
            {item.talk.customer_name || say("bar.visitor")}
          </b>
          <span className="s grow cut" dir="auto">
            {[item.talk.need_title, item.talk.last_text].filter(Boolean).join(" · ")}
          </span>
        </span>
      )
    case "customer":
      return (
        <span className="row">
          <b className="cut" dir="auto">
            {item.hit.name || say("bar.visitor")}
          </b>
          <span className="s grow cut" dir="auto">
            {byOf(item.hit.by, item.hit.value)}
          </span>
        </span>
      )
    case "talk":
      return <Hit hit={item.hit} />
    case "more":
      return <span className="s">{say("bar.more")}</span>
  }
}

const byOf = (by: string, value: string): string => {
  const key = `by.${by}`
  return key in en ? say(key as keyof typeof en, { value }) : value
}

function Hit({ hit }: { hit: TalkHit }) {
  const now = useNow()
  const desk = useDesk((view) => view.desk)
  const { talk } = hit
  const who = talk.agents.map((agent) => titled(desk?.agents, agent)).join(", ")
  const told = [sayCode("channel", talk.channel, {}, talk.channel), talk.need_title, who].filter(Boolean)
  return (
    <>
      <span className="row">
        <b className="cut" dir="auto">
          {hit.customer_name || say("bar.visitor")}
        </b>
        <span className="s grow cut" dir="auto">
          {told.join(" · ")}
        </span>
        <span className="xs time">{moment(hit.at, now)}</span>
      </span>
      <span className="s snippet" dir="auto">
        {hit.kind !== "message" && <span className="chip">{say(`kind.${hit.kind as "note" | "facts"}`)}</span>}{" "}
        <Snippet pieces={hit.pieces} />{" "}
        {hit.count > 1 && <span className="xs">{say("bar.lines", { count: hit.count })}</span>}
      </span>
    </>
  )
}

function Snippet({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map((piece, number) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text do not move
    piece.found ? <mark key={number}>{piece.text}</mark> : <span key={number}>{piece.text}</span>,
  )
}
