/** The signed-in console: one connection, the top line, and the screen that the address names. */

import "./styles/desk.css"
import "./styles/knowing.css"
import "./styles/over.css"
import "./styles/talk.css"
import type { Me } from "@dryfly/words"
import { Suspense, useEffect, useState } from "react"
import { api } from "./api"
import { Client } from "./client"
import { Desk } from "./desk/Desk"
import { ClientContext, useDesk, useRoute } from "./hooks"
import { Notices } from "./parts/Notices"
import { Standing } from "./parts/Standing"
import { Top } from "./parts/Top"
import { say } from "./say"
import { screensFor } from "./screens"

interface ConsoleProps {
  readonly me: Me
  readonly signedOut: (reason: string) => void
}

export default function Console({ me, signedOut }: ConsoleProps) {
  const [client] = useState(() => new Client(me)) // at once: the desk is on its way while the frame is drawn
  useEffect(() => () => client.stop(), [client])
  return (
    <ClientContext value={client}>
      <Screen me={me} signedOut={signedOut} />
    </ClientContext>
  )
}

const SIGNED_OUT = new Set(["signed_out", "not_signed_in", "expired", "password_changed", "removed"])

function Screen({ me, signedOut }: ConsoleProps) {
  const standing = useDesk((view) => view.standing)
  const [named] = useRoute()
  const shown = screensFor(me).find(([name]) => name === named)?.[1]
  const isSignedOut = standing.is === "ended" && SIGNED_OUT.has(standing.error.code)
  useEffect(() => {
    if (isSignedOut) signedOut(say("signin.again"))
  }, [isSignedOut, signedOut])
  const leave = () =>
    api.signOut().then(
      () => signedOut(""),
      () => signedOut(""),
    )
  return (
    <div className={standing.is === "live" ? "app" : "app stale"}>
      <Top me={me} leave={leave} />
      <Standing />
      {shown ? (
        <Suspense fallback={<p className="empty">…</p>}>
          <shown.Shown me={me} />
        </Suspense>
      ) : (
        <Desk me={me} />
      )}
      <Notices />
    </div>
  )
}
