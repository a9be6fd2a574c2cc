/** What was refused, and offers that went by: each a sentence, gone by itself or at a click. */

import { useEffect } from "react"
import { useClient, useDesk } from "../hooks"
import { say, sayCode, sayError } from "../say"
import { useNews } from "./useNews"

const SHOWN_MS = 8_000

function Notice({ id, text }: { id: string; text: string }) {
  const { heed } = useClient()
  useEffect(() => {
    const timer = setTimeout(() => heed(id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [heed, id])
  return (
    <div className="card notice" role="status">
      <span className="grow">{text}</span>
      <button type="button" className="link" onClick={() => heed(id)}>
        {say("notice.close")}
      </button>
    </div>
  )
}

export function Notices() {
  useNews()
  const refusals = useDesk((view) => view.refusals)
  const lapsed = useDesk((view) => view.lapsed)
  return (
    <div className="notices" aria-live="polite">
      {refusals.slice(-3).map(({ id, error }) => (
        <Notice key={id} id={id} text={sayError(error)} />
      ))}
      {lapsed.map(({ offer, end, taken }) => (
        <Notice
          key={offer.offer}
          id={offer.offer}
          text={sayCode("offer", taken ? "taken" : end, { name: offer.talk.customer_name || say("list.visitor") })}
        />
      ))}
    </div>
  )
}
