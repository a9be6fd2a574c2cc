/** What is merged into a talk, or what a talk was merged into. */

import type { Me, Merged as MergedContact, Talk } from "@dryfly/words"
import { type ReactNode, useEffect } from "react"
import { goTo, useClient, useDesk, useNow } from "../hooks"
import { speaking } from "../say"
import { sayOther } from "./Merge"
import { mayMerge } from "./merging"
import { en } from "./merging.en"

const say = speaking(en)

export function Merged({ talk, me }: { talk: Talk; me: Me }) {
  if (talk.merged.length === 0) return null
  return (
    <ul className="company of-merged" aria-label={say("merged")}>
      {talk.merged.map((merged) => (
        <Follower key={merged.contact} merged={merged} talk={talk} mayPart={mayMerge(talk, me)} />
      ))}
    </ul>
  )
}

interface FollowerProps {
  readonly merged: MergedContact
  readonly talk: Talk
  readonly mayPart: boolean
}

function Follower({ merged, talk, mayPart }: FollowerProps) {
  const client = useClient()
  const now = useNow()
  const { contact } = merged
  const other = sayOther(merged, now)
  return (
    <li className="row">
      <span className="grow s">{say(talk.answers_on === contact ? "answers_here" : "here", { other })}</span>
      {mayPart && (
        <button
          type="button"
          className="btn quiet"
          aria-label={say("part_of", { other })}
          onClick={() => client.ask({ do: "unmerge", contact })}
        >
          {say("part")}
        </button>
      )}
    </li>
  )
}

/** The talk goes on elsewhere. Who has that before them is taken there; others may open it. */
export function WentOn({ main, me, bar }: { main: string; me: Me; bar: (text: string, more: ReactNode) => ReactNode }) {
  const isThere = useDesk((view) => me.role !== "agent" || !!view.desk?.talks.some(({ contact }) => contact === main))
  useEffect(() => {
    if (isThere) goTo("talk", main)
  }, [isThere, main])
  return bar(
    say("went_on"),
    <button type="button" className="btn" onClick={() => goTo("talk", main)}>
      {say("open_main")}
    </button>,
  )
}
