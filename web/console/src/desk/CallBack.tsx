/** The customer is to be called back: the number, what was tried, and what came of it. R and X say it too. */

import type { CallPage, ErrorBody, Me, Talk } from "@dryfly/words"
import { useEffect, useMemo, useState } from "react"
import { useActions } from "../actions"
import { api } from "../api"
import { useClient, useKeys } from "../hooks"
import { sayError, speaking } from "../say"
import { Copied } from "./Copied"
import { en } from "./calling.en"
import { nameOf } from "./TalkList"

const say = speaking(en)

type Promised = NonNullable<Talk["call"]>

export function CallBack({ talk, me }: { talk: Talk; me: Me }) {
  const isMine = talk.owner !== null && talk.owner === me.agent && talk.state === "active"
  return isMine && talk.call && <Calling key={talk.contact} talk={talk} call={talk.call} />
}

/** What an offer says of it. */
export function toBeCalled({ attempts }: Promised): string {
  return attempts > 0 ? say("offered.again", { attempts }) : say("offered")
}

export const CallChip = () => <span className="chip river">{say("chip")}</span>

/** Leave to call, fetched when the agent has it before them. The gate may have changed its mind since. */
function useLeave(contact: string): CallPage | ErrorBody | null {
  const [leave, setLeave] = useState<CallPage | ErrorBody | null>(null)
  useEffect(() => {
    let isShown = true
    const told = (answer: CallPage | ErrorBody) => isShown && setLeave(answer)
    api.call(contact).then(told, told)
    return () => {
      isShown = false
    }
  }, [contact])
  return leave
}

function Calling({ talk, call }: { talk: Talk; call: Promised }) {
  const client = useClient()
  const { contact } = talk
  const keys = useMemo(() => {
    const tell = (reached: boolean) => () => void client.ask({ do: "called", contact, reached })
    return { r: tell(true), x: tell(false) }
  }, [client, contact])
  useKeys(keys)
  useActions(
    useMemo(
      () => [
        { id: "act.reached", title: say("act.reached"), keys: "R", run: keys.r },
        { id: "act.not_reached", title: say("act.not_reached"), keys: "X", run: keys.x },
      ],
      [keys],
    ),
  )
  return (
    <section className="company callback row wrap" aria-label={say("label")}>
      <span className="row wrap grow">
        <span className="s">{say("call", { name: nameOf(talk) })}</span>
        <Where contact={contact} />
        <span className="xs">{tried(call)}</span>
      </span>
      <button type="button" className="btn main" onClick={keys.r}>
        {say("reached")} <kbd>R</kbd>
      </button>
      <button type="button" className="btn" onClick={keys.x}>
        {say("not_reached")} <kbd>X</kbd>
      </button>
    </section>
  )
}

function tried({ attempts, attempts_max }: Promised): string {
  const number = attempts + 1
  const told = say("attempt", { number, max: Math.max(number, attempts_max) })
  return number >= attempts_max ? `${told}, ${say("last")}` : told
}

function Where({ contact }: { contact: string }) {
  const leave = useLeave(contact)
  if (leave === null) return <span className="s">{say("fetching")}</span>
  if ("code" in leave) return <span className="wrong">{say("failed", { reason: sayError(leave) })}</span>
  if (!leave.number) return <span className="s">{say("no_number")}</span>
  return (
    <>
      <b dir="ltr">
        <Copied value={leave.number} />
      </b>
      <a className="link s" href={`tel:${leave.number}`} aria-label={say("dial_number", { number: leave.number })}>
        {say("dial")}
      </a>
    </>
  )
}
