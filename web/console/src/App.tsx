/** Who is there: nobody yet, somebody whose password must change, or somebody at the desk. */

import type { ErrorBody, SignedIn } from "@dryfly/words"
import { lazy, Suspense, useEffect, useState } from "react"
import { firstAnswer } from "./first"
import { say } from "./say"

const Console = lazy(() => import("./Console"))
const SignIn = lazy(() => import("./SignIn").then(({ SignIn }) => ({ default: SignIn })))
const ChangePassword = lazy(() => import("./SignIn").then(({ ChangePassword }) => ({ default: ChangePassword })))

export function App() {
  return (
    <Suspense fallback={<p className="empty">{say("standing.connecting")}</p>}>
      <Whoever />
    </Suspense>
  )
}

function Whoever() {
  const [session, setSession] = useState<SignedIn | null | undefined>(undefined)
  const [hint, setHint] = useState("")
  useEffect(() => {
    firstAnswer.then(setSession, (error: ErrorBody) => {
      setSession(null)
      if (error.code === "unreachable") setHint(say("error.unreachable"))
    })
  }, [])

  if (session === undefined) return null
  if (session === null) return <SignIn hint={hint} done={setSession} />
  if (session.must_change) return <ChangePassword email={session.me.email} done={setSession} />
  const signedOut = (reason: string) => {
    setHint(reason)
    setSession(null)
  }
  return <Console key={session.me.person} me={session.me} signedOut={signedOut} />
}
