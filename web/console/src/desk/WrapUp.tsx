/** The talk is over: how it ended (its number is enough), a word for later, done. */

import type { DispositionLine, Talk } from "@dryfly/words"
import { type KeyboardEvent, type SyntheticEvent, useEffect, useMemo, useRef, useState } from "react"
import { goTo, useClient, useDesk, useKeys, useNow } from "../hooks"
import { say, span } from "../say"

const NONE: readonly DispositionLine[] = []
const SOON_MS = 15_000
const KEYS_MAX = 9

/** Those of the talk's queue, and those for all. */
const offeredIn = (dispositions: readonly DispositionLine[], queue: string | null) =>
  dispositions.filter(({ queues }) => queues.length === 0 || (queue !== null && queues.includes(queue)))

function TimeLeft({ until }: { until: number }) {
  const left = until - useNow()
  const colour = left < 0 ? "red" : left < SOON_MS ? "amber" : ""
  return (
    <span className={`chip time ${colour}`} role="timer">
      {left < 0 ? say("wrap.over", { ago: span(-left) }) : say("wrap.left", { left: span(left) })}
    </span>
  )
}

export function WrapUp({ talk }: { talk: Talk }) {
  const client = useClient()
  const all = useDesk((view) => view.desk?.dispositions ?? NONE)
  const text_max = useDesk((view) => view.text_max)
  const dispositions = useMemo(() => offeredIn(all, talk.queue), [all, talk.queue])
  const [disposition, setDisposition] = useState<string | null>(null)
  const [note, setNote] = useState("")
  const over = note.length - text_max
  const first = useRef<HTMLFieldSetElement>(null)
  useEffect(() => first.current?.focus(), [])
  const keys = useMemo(() => {
    const numbered = dispositions
      .slice(0, KEYS_MAX)
      .map(({ id }, at) => [`${at + 1}`, () => setDisposition(id)] as const)
    return Object.fromEntries(numbered.flatMap(([key, does]) => [[key, does] as const, [`Alt+${key}`, does] as const]))
  }, [dispositions])
  useKeys(keys)
  function submit(event: SyntheticEvent): void {
    event.preventDefault()
    if (over > 0) return
    client.ask({ do: "wrap_up", contact: talk.contact, disposition, note })
    goTo("")
  }
  const onKey = (event: KeyboardEvent) => {
    const isSent = event.key === "Enter" && (event.ctrlKey || event.metaKey || event.target === first.current)
    if (isSent) submit(event)
  }
  return (
    <form className="comp wrap" onSubmit={submit} onKeyDown={onKey}>
      <div className="row">
        <b className="grow">{say("wrap.title")}</b>
        {talk.wrap_up_until !== null && <TimeLeft until={talk.wrap_up_until} />}
      </div>
      <fieldset ref={first} tabIndex={-1}>
        <legend>{say("wrap.how")}</legend>
        <div className="ends">
          {dispositions.map(({ id, title }, at) => (
            <Ending
              key={id}
              title={title}
              number={at < KEYS_MAX ? at + 1 : null}
              isChosen={disposition === id}
              choose={() => setDisposition(id)}
            />
          ))}
        </div>
        {dispositions.length === 0 && <p className="s">{say("wrap.no_ends")}</p>}
      </fieldset>
      <textarea
        dir="auto"
        aria-label={say("wrap.note")}
        placeholder={say("wrap.note_hint")}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      {over > 0 && (
        <p className="wrong" role="alert">
          {say("write.over", { over, limit: text_max })}
        </p>
      )}
      <div className="row">
        <span className="grow" />
        <button type="submit" className="btn main" aria-disabled={over > 0}>
          {say("wrap.submit")} <kbd>Ctrl ↵</kbd>
        </button>
      </div>
    </form>
  )
}

interface EndingProps {
  readonly title: string
  readonly number: number | null
  readonly isChosen: boolean
  readonly choose: () => void
}

function Ending({ title, number, isChosen, choose }: EndingProps) {
  return (
    <label className="end">
      <input type="radio" name="disposition" checked={isChosen} onChange={choose} />
      <bdi>{title}</bdi> {number !== null && <kbd>{number}</kbd>}
    </label>
  )
}
