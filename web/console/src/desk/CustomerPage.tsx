/** A customer who is looked up: the same as beside a talk, on a page of its own, to be read. */

import type { CustomerPanel, ErrorBody } from "@dryfly/words"
import { useCallback, useEffect, useState } from "react"
import { api } from "../api"
import { sayError, speaking } from "../say"
import { Known } from "./Customer"
import { en } from "./customer.en"

const say = speaking(en)

export function CustomerPage({ customer }: { customer: string }) {
  const [panel, setPanel] = useState<CustomerPanel | null>(null)
  const [error, setError] = useState<ErrorBody | null>(null)
  const read = useCallback(() => {
    setError(null)
    api.customer(customer, "").then(setPanel, setError)
  }, [customer])
  useEffect(read, [read])
  return (
    <main className="talk looked" aria-label={say("title")}>
      {panel ? (
        <div className="lookedup">
          <Known panel={panel} contact="" level={null} proof="" isOver />
        </div>
      ) : (
        <div className="empty">
          <b>{error ? say("failed", { reason: sayError(error) }) : say("loading")}</b>
          {error && (
            <button type="button" className="btn" onClick={read}>
              {say("retry")}
            </button>
          )}
        </div>
      )}
    </main>
  )
}
