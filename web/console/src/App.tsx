/** Who is there: nobody yet, somebody whose password must change, or somebody at the desk. */

import type { SignedIn } from "@dryfly/words"
import { lazy, Suspense, useCallback, useState } from "react"
import Console from "./Console"
import { say } from "./say"

const SignIn = lazy(() => import("./SignIn").then(({ SignIn }) => ({ default: SignIn })))
const ChangePassword = lazy(() => import("./SignIn").then(({ ChangePassword }) => ({ default: ChangePassword })))

interface AppProps {
  readonly first: SignedIn | null
  /** Why nobody is signed in, where there is more to say than that. */
  readonly hint: string
}

export function App(props: AppProps) {
  return (
    <Suspense fallback={<p className="empty">{say("standing.connecting")}</p>}>
      <Whoever {...props} />
    </Suspense>
  )
}

function Whoever({ first, hint: firstHint }: AppProps) {
  const [session, setSession] = useState(first)
  const [hint, setHint] = useState(firstHint)
  const signedOut = useCallback((reason: string) => {
    setHint(reason)
    setSession(null)
  }, [])
  if (session === null) return <SignIn hint={hint} done={setSession} />
  if (session.must_change) return <ChangePassword email={session.me.email} done={setSession} />
  return <Console key={session.me.person} me={session.me} signedOut={signedOut} />
}
