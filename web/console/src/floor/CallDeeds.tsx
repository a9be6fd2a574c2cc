/** What a supervisor does about a call back: have it made now, book another time, call it off. */

import type { AgentLine, CallSlots, ErrorBody, Talk } from "@dryfly/words"
import { useEffect, useState } from "react"
import { ask } from "../api"
import { nameOf } from "../desk/TalkList"
import { useClient, useDesk, useNow } from "../hooks"
import { ahead, say as sayDesk, sayError, speaking } from "../say"
import { Asking } from "./Asking"
import { callers } from "./calls"
import { en } from "./calls.en"

const say = speaking(en)
const NOBODY: readonly AgentLine[] = []

interface DeedProps {
  readonly talk: Talk
  readonly close: () => void
}

const seen = ({ call }: Talk): number | null => call?.at ?? null

export function CallNow({ talk, close }: DeedProps) {
  const client = useClient()
  const { contact, owner, queue } = talk
  const agents = useDesk((view) => view.floor.board?.agents ?? NOBODY)
  const there = callers(agents, queue)
  const [chosen, choose] = useState("")
  const agent = there.some((one) => one.agent === chosen) ? chosen : (there[0]?.agent ?? "")
  const doIt = () => client.ask({ do: "take_over", contact, agent, seen: { owner, queue } })
  return (
    <Asking
      title={say("now_title", { name: nameOf(talk) })}
      act={say("now_do")}
      doIt={agent ? doIt : null}
      close={close}
    >
      {there.length === 0 ? (
        <p role="status">{say("now_nobody")}</p>
      ) : (
        <label className="field">
          {say("now_by")}
          <select value={agent} onChange={(event) => choose(event.target.value)} data-autofocus>
            {there.map((one) => (
              <option key={one.agent} value={one.agent}>
                {say("now_option", {
                  name: one.name,
                  presence: sayDesk(`presence.${one.presence}`),
                  count: one.talks_count,
                })}
              </option>
            ))}
          </select>
        </label>
      )}
      <p className="s">{say("now_text")}</p>
    </Asking>
  )
}

/** The free half hours, or what is wrong; null while they are fetched. */
function useSlots(contact: string): readonly number[] | ErrorBody | null {
  const [slots, setSlots] = useState<readonly number[] | ErrorBody | null>(null)
  useEffect(() => {
    let isWanted = true
    ask<CallSlots>("GET", `talks/${encodeURIComponent(contact)}/call/slots`).then(
      (told) => isWanted && setSlots(told.slots),
      (wrong: ErrorBody) => isWanted && setSlots(wrong),
    )
    return () => {
      isWanted = false
    }
  }, [contact])
  return slots
}

export function CallMove({ talk, close }: DeedProps) {
  const client = useClient()
  const now = useNow()
  const slots = useSlots(talk.contact)
  const [chosen, choose] = useState(0)
  const free = slots !== null && "length" in slots ? slots : null
  const at = free?.find((slot) => slot === chosen) ?? free?.[0] ?? null
  const doIt = () => at !== null && client.ask({ do: "move_call", contact: talk.contact, at, seen_at: seen(talk) })
  return (
    <Asking
      title={say("move_title", { name: nameOf(talk) })}
      act={say("move_do", { time: at === null ? "…" : ahead(at, now) })}
      doIt={at === null ? null : doIt}
      close={close}
    >
      <label className="field">
        {say("move_when")}
        <select
          value={at ?? ""}
          aria-busy={slots === null}
          onChange={(event) => choose(Number(event.target.value))}
          data-autofocus
        >
          {(free ?? []).map((slot) => (
            <option key={slot} value={slot}>
              {ahead(slot, now)}
            </option>
          ))}
        </select>
      </label>
      <p className="s" role="status">
        {hint(slots)}
      </p>
    </Asking>
  )
}

function hint(slots: readonly number[] | ErrorBody | null): string {
  if (slots === null) return say("move_fetching")
  if (!("length" in slots)) return sayError(slots)
  return say(slots.length === 0 ? "move_none" : "move_text")
}

export function CallOff({ talk, close }: DeedProps) {
  const client = useClient()
  const doIt = () => client.ask({ do: "call_off", contact: talk.contact, seen_at: seen(talk) })
  return (
    <Asking title={say("off_title", { name: nameOf(talk) })} act={say("off_do")} doIt={doIt} close={close}>
      <p>{say(talk.state === "callback" ? "off_booked" : "off_in_turn")}</p>
    </Asking>
  )
}
