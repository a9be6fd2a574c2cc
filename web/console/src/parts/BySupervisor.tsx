/** Who was signed out or set away by a supervisor is told so, until they say otherwise. */

import { useClient, useDesk } from "../hooks"
import { say } from "../say"

const BY_SUPERVISOR = "supervisor"

export function BySupervisor() {
  const client = useClient()
  const presence = useDesk((view) => view.desk?.presence)
  if (presence?.reason !== BY_SUPERVISOR || presence.presence === "ready") return <div />
  return (
    <p className="banner" role="alert">
      {say(presence.presence === "offline" ? "presence.supervisor_offline" : "presence.supervisor_away")}
      <button
        type="button"
        className="btn"
        onClick={() => client.ask({ do: "presence", presence: "ready", reason: null })}
      >
        {say("presence.be_ready")}
      </button>
    </p>
  )
}
