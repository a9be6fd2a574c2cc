/** Says how the connection stands, whenever it is not as it should be. */

import { useEffect, useState } from "react"
import { useClient, useDesk } from "../hooks"
import { say, sayError, span } from "../say"
import { BySupervisor } from "./BySupervisor"

/** A cut of a moment is not worth a word. */
const SILENT_MS = 1_500

export function Standing() {
  const client = useClient()
  const standing = useDesk((view) => view.standing)
  const [now, setNow] = useState(Date.now)
  const isLost = standing.is === "lost"
  useEffect(() => {
    if (!isLost) return
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [isLost])
  if (standing.is === "lost") {
    const ago = now - standing.since
    if (ago < SILENT_MS) return <div />
    return (
      <p className="banner" role="status">
        {say("standing.lost", { ago: span(ago) })}
      </p>
    )
  }
  if (standing.is !== "ended") return <BySupervisor />
  return (
    <p className="banner bad" role="alert">
      {say("standing.ended", { reason: sayError(standing.error) })}
      <button type="button" className="btn" onClick={client.again}>
        {say("standing.again")}
      </button>
    </p>
  )
}
