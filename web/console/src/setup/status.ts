/** What else is in use at the site: records, playbook, channels. Read only. */

import type { ErrorBody, SetupStatus } from "@dryfly/words"
import { useEffect, useState } from "react"
import { ask } from "../api"

export function useStatus(): { readonly status: SetupStatus | null; readonly error: ErrorBody | null } {
  const [status, setStatus] = useState<SetupStatus | null>(null)
  const [error, setError] = useState<ErrorBody | null>(null)
  useEffect(() => {
    ask<SetupStatus>("GET", "setup/status").then(setStatus, setError)
  }, [])
  return { status, error }
}
