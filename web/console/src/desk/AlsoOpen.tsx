/** The customer writes in another talk as well: said calmly, with the one thing to do about it. */

import type { TalkPage } from "@dryfly/words"
import { useClient, useDesk, useNow } from "../hooks"
import { speaking } from "../say"
import { sayOther } from "./Merge"
import { alsoOpen, mayMerge } from "./merging"
import { en } from "./merging.en"

const say = speaking(en)

export function AlsoOpen({ page }: { page: TalkPage }) {
  const me = useDesk((view) => view.desk?.me)
  const client = useClient()
  const now = useNow()
  const { talk, customer } = page
  const others = customer && me && mayMerge(talk, me) ? alsoOpen(talk, customer.story.talks) : []
  if (others.length === 0) return null
  return (
    <section aria-label={say("also_open")}>
      <h2>
        <b>{say("also_open")}</b>
      </h2>
      <p className="xs">{say("also_open_hint")}</p>
      <ul className="also">
        {others.map((other) => (
          <li key={other.contact} className="row">
            <span className="grow cut" dir="auto">
              {other.need ? say("with_need", { other: sayOther(other, now), need: other.need }) : sayOther(other, now)}
            </span>
            <button
              type="button"
              className="btn"
              onClick={() => client.ask({ do: "merge", contact: other.contact, into: talk.contact, confirmed: false })}
            >
              {say("submit")}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
