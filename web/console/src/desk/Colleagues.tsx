/** Who else has this talk open, and who writes an answer: so that not two answer at once. */

import type { Colleague, Me } from "@dryfly/words"
import { useDesk, useNow } from "../hooks"
import { say } from "../say"

const NOBODY: readonly Colleague[] = []

export function Colleagues({ contact, me }: { contact: string; me: Me }) {
  const here = useDesk((view) => view.looking[contact] ?? NOBODY)
  const writer = useDesk((view) => view.writing[contact])
  useNow() // what somebody wrote runs out by itself
  const others = here.filter(({ person }) => person !== me.person)
  const isWriting = writer !== undefined && writer.until > Date.now()
  return (
    <>
      {others.map(({ person, name }) => (
        <span key={person} className="chip violet" title={say("looking.hint")}>
          <bdi>{name}</bdi>{" "}
          {isWriting && writer.colleague.person === person ? say("looking.writes") : say("looking.here")}
        </span>
      ))}
      {isWriting && others.every(({ person }) => person !== writer.colleague.person) && (
        <span className="chip violet">
          <bdi>{writer.colleague.name}</bdi> {say("looking.writes")}
        </span>
      )}
    </>
  )
}
