/** Around the skills matrix: what queues need that nobody has, who may serve the chosen queue, and all about one skill. */

import { speaking } from "../say"
import type { Entries, Entry } from "./draft"
import { titleOf, useEntries } from "./Form"
import { en } from "./matrix.en"
import { lackingFor, needsOf, reachOf, type SkillStanding } from "./skills"

export const say = speaking(en)

const LACKING_SHOWN = 4

interface LackingProps {
  readonly skills: Entries
  readonly queues: Entries
  readonly standing: ReadonlyMap<string, SkillStanding>
  /** Narrows the matrix to a queue. */
  readonly show: (queue: string) => void
}

export function Lacking({ skills, queues, standing, show }: LackingProps) {
  const found = [...standing].flatMap(([skill, one]) => lackingFor(one).map((need) => ({ skill, ...need })))
  if (found.length === 0) return null
  const more = found.length - LACKING_SHOWN
  return (
    <div className="lackinglist warned s" role="status">
      <span>{say("lacking")}</span>
      {found.slice(0, LACKING_SHOWN).map(({ skill, queue, level }) => (
        <button key={`${skill} ${queue}`} type="button" className="link" onClick={() => show(queue)}>
          {say("lacking_one", { skill: titleOf(skills[skill], skill), level, queue: titleOf(queues[queue], queue) })}
        </button>
      ))}
      {more > 0 && <span>{say("lacking_more", { count: more })}</span>}
    </div>
  )
}

export function Reach({ queue, agents }: { queue: Entry; agents: Entries }) {
  const { first, last } = reachOf(queue, agents)
  const told = { first, last, all: Object.keys(agents).length, queue: titleOf(queue, String(queue.id)) }
  const key = needsOf(queue).length === 0 ? "needs_nothing" : last > first ? "reach_later" : "reach"
  return (
    <p className="s" aria-live="polite">
      {say(key, told)}
    </p>
  )
}

interface SkillNotesProps {
  readonly skill: Entry | undefined
  readonly standing: SkillStanding
  /** How many cells are selected, if more than one. */
  readonly selected: string
}

export function SkillNotes({ skill, standing, selected }: SkillNotesProps) {
  const queues = useEntries("queues")
  const { have, highest, needs } = standing
  return (
    <div className="s skillnotes">
      {skill && (
        <p>
          <b dir="auto">{titleOf(skill, String(skill.id))}</b>:{" "}
          {have === 0 ? say("told_nobody") : say("told", { count: have, highest })}{" "}
          {needs.length === 0 ? say("needed_none") : `${say("needed")} `}
          {needs.map(({ queue, level, able }, number) => (
            <span key={queue} className={able === 0 ? "warned" : ""}>
              {number > 0 && " · "}
              <a className="link" href={`#/setup/queues/${encodeURIComponent(queue)}`}>
                {titleOf(queues[queue], queue)}
              </a>{" "}
              ({say(able === 0 ? "needed_nobody" : "needed_by", { level, count: able })})
            </span>
          ))}
        </p>
      )}
      <p aria-live="polite">{selected}</p>
    </div>
  )
}
