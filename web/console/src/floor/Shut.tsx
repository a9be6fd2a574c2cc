/** A queue that is closed: why and until when; and closing it by hand, or opening it again. */

import type { Closing, ErrorBody, QueueLine } from "@dryfly/words"
import { useState } from "react"
import { ask } from "../api"
import { Dialog } from "../parts/Dialog"
import { Field } from "../parts/Field"
import { ahead, sayError, span } from "../say"
import { say } from "./words"

const place = (queue: string) => `setup/closings/${encodeURIComponent(queue)}`
const MINUTE_MS = 60_000
const FOR_MIN = [15, 30, 60, 120, 240, 480] as const

export function ShutChip({ line, now }: { line: QueueLine; now: number }) {
  if (line.shut === null) return null
  const { until, by, reason } = line.shut
  const time = until === null ? "" : ahead(until, now)
  return (
    <span className={by ? "chip red" : "chip"} title={by ? say("shut_by", { name: by, reason }) : undefined}>
      {until === null ? say("shut") : say("shut_until", { time })}
      {by && <span className="sr"> {say("shut_by", { name: by, reason })}</span>}
    </span>
  )
}

/** Opens again at once what was closed by hand; asks before it closes. */
export function ShutButton({ line, now }: { line: QueueLine; now: number }) {
  const [error, setError] = useState<ErrorBody | null>(null)
  const [isAsking, setAsking] = useState(false)
  const isByHand = line.shut !== null && line.shut.by !== ""
  const reopen = () => ask("DELETE", place(line.queue)).then(() => setError(null), setError)
  if (isByHand)
    return (
      <button
        type="button"
        className="btn quiet"
        onClick={reopen}
        aria-label={say("reopen_label", { queue: line.title })}
        title={error ? sayError(error) : undefined}
      >
        {say(error ? "reopen_again" : "reopen")}
      </button>
    )
  return (
    <>
      <button
        type="button"
        className="btn quiet"
        onClick={() => setAsking(true)}
        aria-label={say("close_label", { queue: line.title })}
      >
        {say("close_now")}
      </button>
      {isAsking && <CloseQueue line={line} now={now} close={() => setAsking(false)} />}
    </>
  )
}

function CloseQueue({ line, now, close }: { line: QueueLine; now: number; close: () => void }) {
  const [minutes, setMinutes] = useState<number>(60)
  const [reason, setReason] = useState("")
  const [error, setError] = useState<ErrorBody | null>(null)
  const until = now + minutes * MINUTE_MS
  const doIt = () => {
    const asked = JSON.stringify({ until: Date.now() + minutes * MINUTE_MS, reason: reason.trim() })
    ask<Closing>("PUT", place(line.queue), asked).then(close, setError)
  }
  return (
    <Dialog
      title={say("close_queue_title", { queue: line.title })}
      act={say("close_queue_do", { time: ahead(until, now) })}
      doIt={reason.trim() ? doIt : null}
      close={close}
    >
      <p>{say("close_queue_text")}</p>
      <label className="field">
        {say("close_queue_for")}
        <select value={minutes} onChange={(event) => setMinutes(Number(event.target.value))}>
          {FOR_MIN.map((count) => (
            <option key={count} value={count}>
              {say("close_queue_until", { span: span(count * MINUTE_MS), time: ahead(now + count * MINUTE_MS, now) })}
            </option>
          ))}
        </select>
      </label>
      <Field
        label={say("close_queue_reason")}
        description={say("close_queue_reason_is")}
        error={error && sayError(error)}
        value={reason}
        maxLength={200}
        dir="auto"
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
    </Dialog>
  )
}
