/** What a supervisor does that wants a word, a choice, or a second thought. */

import type { AgentLine, Named, Talk } from "@dryfly/words"
import { useState } from "react"
import { nameOf } from "../desk/TalkList"
import { useClient, useDesk } from "../hooks"
import { TextArea } from "../parts/Field"
import { Asking } from "./Asking"
import { CallMove, CallNow, CallOff } from "./CallDeeds"
import { say } from "./words"

export type Deed =
  | { readonly is: "whisper" | "move" | "close" | "call_now" | "call_move" | "call_off"; readonly talk: Talk }
  | { readonly is: "sign_out"; readonly agent: AgentLine }

const NONE: readonly Named[] = []
const NOBODY: readonly AgentLine[] = []

export function DeedDialog({ deed, close }: { deed: Deed; close: () => void }) {
  switch (deed.is) {
    case "whisper":
      return <Whisper talk={deed.talk} close={close} />
    case "move":
      return <Move talk={deed.talk} close={close} />
    case "close":
      return <Close talk={deed.talk} close={close} />
    case "call_now":
      return <CallNow talk={deed.talk} close={close} />
    case "call_move":
      return <CallMove talk={deed.talk} close={close} />
    case "call_off":
      return <CallOff talk={deed.talk} close={close} />
    case "sign_out":
      return <SignOut agent={deed.agent} close={close} />
  }
}

function Whisper({ talk, close }: { talk: Talk; close: () => void }) {
  const client = useClient()
  const [text, setText] = useState("")
  const doIt = () => client.ask({ do: "whisper", contact: talk.contact, text: text.trim() })
  const name = talk.owner_name
  return (
    <Asking
      title={say("whisper_title", { name })}
      act={say("whisper_do")}
      doIt={text.trim() ? doIt : null}
      close={close}
    >
      <TextArea
        label={say("whisper_label", { name })}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={2000}
        rows={3}
        dir="auto"
        data-autofocus
      />
    </Asking>
  )
}

function Move({ talk, close }: { talk: Talk; close: () => void }) {
  const client = useClient()
  const queues = useDesk((view) => view.desk?.queues ?? NONE)
  const agents = useDesk((view) => view.floor.board?.agents ?? NOBODY)
  const [target, setTarget] = useState(queues[0] ? `queue:${queues[0].id}` : "")
  const there = agents.filter(({ agent, connected, presence }) => {
    return connected && presence !== "offline" && agent !== talk.owner
  })
  const { contact, owner, queue } = talk
  const doIt = () => {
    const id = target.slice(target.indexOf(":") + 1)
    const seen = { owner, queue }
    if (target.startsWith("queue:")) client.ask({ do: "release", contact, queue: id, seen })
    else client.ask({ do: "take_over", contact, agent: id, seen })
  }
  return (
    <Asking
      title={say("move_title", { name: nameOf(talk) })}
      act={say("move_do")}
      doIt={target ? doIt : null}
      close={close}
    >
      <label className="field">
        {say("move_to")}
        <select value={target} onChange={(event) => setTarget(event.target.value)} data-autofocus>
          <optgroup label={say("move_queues")}>
            {queues.map(({ id, title }) => (
              <option key={id} value={`queue:${id}`}>
                {title}
              </option>
            ))}
          </optgroup>
          {queue && there.length > 0 && (
            <optgroup label={say("move_agents")}>
              {there.map(({ agent, name }) => (
                <option key={agent} value={`agent:${agent}`}>
                  {name}
                </option>
              ))}
            </optgroup>
          )}
        </select>
      </label>
    </Asking>
  )
}

function Close({ talk, close }: { talk: Talk; close: () => void }) {
  const client = useClient()
  const { contact, owner, queue } = talk
  const doIt = () => client.ask({ do: "release", contact, queue: null, seen: { owner, queue } })
  return (
    <Asking title={say("close_title", { name: nameOf(talk) })} act={say("close_do")} doIt={doIt} close={close}>
      <p>{say("close_text")}</p>
    </Asking>
  )
}

function SignOut({ agent, close }: { agent: AgentLine; close: () => void }) {
  const client = useClient()
  const { name, talks_count } = agent
  const doIt = () => client.ask({ do: "set_agent", agent: agent.agent, presence: "offline" })
  return (
    <Asking title={say("sign_out_title", { name })} act={say("sign_out_do")} doIt={doIt} close={close}>
      <p>{say("sign_out_text", { name, count: talks_count })}</p>
    </Asking>
  )
}
