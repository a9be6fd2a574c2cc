/** An agent writes first to a customer who was here before. The dialog stays until it is sent, or says why not. */

import type { StoryTalk } from "@dryfly/words"
import { useEffect, useMemo, useState } from "react"
import { useActions } from "../actions"
import { goTo, useClient, useDesk } from "../hooks"
import { Dialog } from "../parts/Dialog"
import { Pick, TextArea } from "../parts/Field"
import { dayAndTime, sayError, speaking } from "../say"
import { en } from "./customer.en"

const say = speaking(en)

interface BeginProps {
  readonly customer: string
  readonly name: string
  /** The talk after which it is written. */
  readonly after: string
  /** Which others it may be. */
  readonly talks: readonly StoryTalk[]
}

/** Nothing is offered to those who serve no contacts, nor beside an open talk of the customer. */
export function Begin(props: BeginProps) {
  const isAgent = useDesk((view) => !!view.desk?.me.agent)
  const open = useDesk((view) => view.desk?.talks.find(({ customer }) => customer === props.customer)?.contact)
  const [isWriting, setWriting] = useState(false)
  useEffect(() => {
    if (isWriting && open) goTo("talk", open) // sent: it is on this desk
  }, [isWriting, open])
  return isAgent && !open ? <Offered {...props} isWriting={isWriting} setWriting={setWriting} /> : null
}

interface OfferedProps extends BeginProps {
  readonly isWriting: boolean
  readonly setWriting: (isWriting: boolean) => void
}

function Offered({ isWriting, setWriting, ...props }: OfferedProps) {
  useActions(useMemo(() => [{ id: "begin", title: say("begin"), run: () => setWriting(true) }], [setWriting]))
  return (
    <>
      <button type="button" className="btn" onClick={() => setWriting(true)}>
        {say("begin")}
      </button>
      {isWriting && <Writing {...props} close={() => setWriting(false)} />}
    </>
  )
}

/** What became of it: refused, or a talk of one's own, which is opened. */
function useSending({ customer }: BeginProps) {
  const client = useClient()
  const [sent, setSent] = useState<string | null>(null)
  const error = useDesk((view) => view.refusals.find(({ id }) => id === sent)?.error ?? null)
  const send = (text: string, after: string) => {
    if (sent && error) client.heed(sent)
    setSent(client.ask({ do: "begin", customer, after, text }))
  }
  useEffect(() => () => (sent === null ? undefined : client.heed(sent)), [client, sent])
  return { send, error, isSending: sent !== null && error === null }
}

function Writing(props: BeginProps & { readonly close: () => void }) {
  const { send, error, isSending } = useSending(props)
  const [text, setText] = useState("")
  const [after, setAfter] = useState(props.after)
  const isReady = !isSending && text.trim() !== ""
  return (
    <Dialog
      title={say("begin.title", { name: props.name || say("anonymous") })}
      close={props.close}
      act={
        <>
          {say(isSending ? "begin.sending" : "begin.submit")} <kbd>Ctrl ↵</kbd>
        </>
      }
      doIt={isReady ? () => send(text, after) : null}
    >
      {props.talks.length > 1 && (
        <Pick
          label={say("begin.after")}
          value={after}
          onChange={(event) => setAfter(event.currentTarget.value)}
          data={props.talks.map((talk) => ({ value: talk.contact, label: labelOf(talk) }))}
        />
      )}
      <TextArea
        label={say("begin.text")}
        description={say("begin.hint")}
        rows={4}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={error && say("begin.refused", { reason: sayError(error) })}
        dir="auto"
        data-autofocus
      />
    </Dialog>
  )
}

const labelOf = (talk: StoryTalk) => `${dayAndTime(talk.opened_at)} · ${talk.need_title || talk.need || say("no_need")}`
