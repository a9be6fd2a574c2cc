/** Who else is in the talk or was asked into it, and what its agent can do about that. */

import type { Asked, Me, Participant, Talk } from "@dryfly/words"
import { goTo, useClient, useNow } from "../hooks"
import { say, span } from "../say"

export function Company({ talk, me }: { talk: Talk; me: Me }) {
  const isMine = talk.owner !== null && talk.owner === me.agent
  const others = talk.participants.filter(({ agent, role }) => agent !== me.agent && role !== "listening")
  if (others.length + talk.asked.length === 0) return null
  return (
    <ul className="company" aria-label={say("company.label")}>
      {others.map((participant) => (
        <Present key={participant.agent} participant={participant} talk={talk} isMine={isMine} />
      ))}
      {talk.asked.map((asked) => (
        <Awaited key={asked.agent} asked={asked} contact={talk.contact} isMine={isMine} />
      ))}
    </ul>
  )
}

interface PresentProps {
  readonly participant: Participant
  readonly talk: Talk
  readonly isMine: boolean
}

function Present({ participant, talk, isMine }: PresentProps) {
  const client = useClient()
  const { agent, name, role } = participant
  function handOver(): void {
    client.ask({ do: "transfer", contact: talk.contact, to_agent: agent })
    goTo("")
  }
  return (
    <li className="row">
      <span className="grow s">{say(role === "invited" ? "company.invited" : "company.consulted", { name })}</span>
      {isMine && talk.state === "active" && (
        <button type="button" className="btn" onClick={handOver}>
          {say("company.hand_over", { name })}
        </button>
      )}
    </li>
  )
}

function Awaited({ asked, contact, isMine }: { asked: Asked; contact: string; isMine: boolean }) {
  const client = useClient()
  const now = useNow()
  const { agent, name, end, expires_at } = asked
  const left = span(Math.max(0, expires_at - now))
  const withdraw = () => client.ask({ do: "withdraw_request", contact, colleague: agent })
  return (
    <li className="row" role={end === null ? undefined : "status"}>
      <span className="grow s">
        {end === null ? say("company.asked", { name, left }) : say(`company.${end}`, { name })}
      </span>
      {isMine && (
        <button type="button" className="btn quiet" onClick={withdraw}>
          {say(end === null ? "company.withdraw" : "notice.close")}
        </button>
      )}
    </li>
  )
}
