/** Below a talk: the field of whoever serves it, or what stands in its place. */

import type { Me, Talk } from "@dryfly/words"
import type { ReactNode } from "react"
import { goTo, useClient } from "../hooks"
import { dayAndTime, say } from "../say"
import { Composer } from "./Composer"
import { Guest } from "./Guest"
import { WentOn } from "./Merged"
import { WrapUp } from "./WrapUp"

/** What this person may do in this talk now. */
export function Foot({ talk, me }: { talk: Talk; me: Me }) {
  const client = useClient()
  const isMine = talk.owner !== null && talk.owner === me.agent
  const role = talk.participants.find((participant) => participant.agent === me.agent)?.role
  if (isMine && talk.state === "wrap_up") return <WrapUp talk={talk} />
  if (isMine && talk.state === "active") return <Composer talk={talk} />
  if (talk.main) return <WentOn main={talk.main} me={me} bar={(text, more) => <Bar text={text}>{more}</Bar>} />
  if (talk.state === "closed") return <Bar text={say("talk.closed")} />
  if (role === "listening")
    return (
      <Bar text={say("talk.listening")}>
        <button
          type="button"
          className="btn"
          onClick={() => {
            client.ask({ do: "part", contact: talk.contact })
            goTo("floor")
          }}
        >
          {say("talk.leave")}
        </button>
      </Bar>
    )
  if (role) return <Guest key={role} talk={talk} role={role} />
  if (isMine) return <Bar text={parked(talk)} />
  return <Bar text={talk.owner ? say("talk.not_yours", { name: talk.owner_name }) : say("talk.waiting")} />
}

const parked = ({ snoozed_until }: Talk): string =>
  snoozed_until === null ? say("talk.parked") : say("talk.snoozed", { time: dayAndTime(snoozed_until) })

function Bar({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <div className="bar">
      <span className="grow s">{text}</span>
      {children}
    </div>
  )
}
