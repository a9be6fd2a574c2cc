/** Beside the talk: how it came here. Open by itself while the customer waits, and the reader may ask why. */

import type { Talk } from "@dryfly/words"
import { lazy, Suspense, useState } from "react"
import { speaking } from "../say"
import { en } from "./customer.en"

const say = speaking(en)
const Routing = lazy(() => import("./Routing"))
const WAITS: ReadonlySet<Talk["state"]> = new Set(["waiting", "offered", "callback"])

export const waits = ({ state, main }: Talk): boolean => WAITS.has(state) && main === null

/** Differs as soon as the contact is somewhere else. */
export const whereabouts = ({ state, queue, owner, due_at, main, call }: Talk): string =>
  [state, queue, owner, due_at, main, call?.at, call?.attempts].join(" ")

export function HowItCame({ talk }: { talk: Talk }) {
  const [chosen, setChosen] = useState<boolean | null>(null)
  const isOpen = chosen ?? waits(talk)
  return (
    <section aria-label={say("routing")}>
      <h2>
        <button type="button" className="plain" aria-expanded={isOpen} onClick={() => setChosen(!isOpen)}>
          <b>{say("routing")}</b>{" "}
          <span className="xs" aria-hidden="true">
            {isOpen ? "▾" : "▸"}
          </span>
        </button>
      </h2>
      {isOpen && (
        <Suspense fallback={<p className="s">{say("routing.loading")}</p>}>
          <Routing contact={talk.contact} queue={talk.queue} moved={whereabouts(talk)} />
        </Suspense>
      )}
    </section>
  )
}
