/** How a queue's requirement relaxes while a customer waits: the time line, and its steps as rows. */

import type { Finding, Queue, Relaxation } from "@dryfly/words"
import type { Json } from "./draft"
import { AddButton, type FieldProps, RemoveButton, titleOf, useAround, useEntries } from "./Form"
import { below, Findings, say } from "./findings"
import { NumberInput } from "./inputs"
import { NeedRows } from "./lists"
import { RelaxationPlot } from "./RelaxationPlot"
import {
  askedAt,
  LEVEL_MAX,
  levelBefore,
  type Needs,
  reach,
  replaced,
  type Steps,
  withLevel,
  without,
  withStep,
} from "./routing"

export function Relaxations({ spec, entry, change, findings = [] }: FieldProps) {
  const { readOnly } = useAround()
  const agents = Object.values(useEntries("agents"))
  const titles = useTitles()
  const queue = (entry as unknown as Queue).spec
  const { requirement, relaxations: steps } = queue
  const set = (next: Steps) => change(spec.path, next as unknown as Json)
  const skills = agents.map((agent) => (agent.spec as { skills?: Record<string, number> }).skills ?? {})
  const counts = reach(skills, requirement, steps)
  const needsOf = (needs: Needs) =>
    needs.map(({ skill, level_min }) => say("need", { skill: titles(skill), level: level_min })).join(", ")
  const asked = (step: number) => {
    const [needs, backup] = [needsOf(askedAt(requirement, steps, step)), steps[step - 1]?.backup ?? []]
    const own = needs || say("plot_anybody")
    return backup.length > 0 ? say("plot_or", { needs: own, backup: needsOf(backup) }) : own
  }
  const reached = counts.map((count, step) => ({ after_s: steps[step - 1]?.after_s ?? 0, count, needs: asked(step) }))
  return (
    <>
      <RelaxationPlot steps={reached} whole={agents.length} />
      {steps.length === 0 && <p className="s">{say("steps_none")}</p>}
      {steps.map((step, index) => (
        <Step
          // biome-ignore lint/suspicious/noArrayIndexKey: its time is being written
          key={index}
          step={step}
          index={index}
          steps={steps}
          requirement={requirement}
          reach={[counts[index] ?? 0, counts[index + 1] ?? 0, agents.length]}
          found={below(findings, `${spec.path}[${index}]`)}
          set={(next) => set(replaced(steps, index, next))}
          remove={() => set(without(steps, index))}
        />
      ))}
      {!readOnly && <AddButton label={say("step_add")} add={() => set(withStep(steps))} />}
    </>
  )
}

function useTitles(): (skill: string) => string {
  const skills = useEntries("skills")
  return (skill) => titleOf(skills[skill], skill)
}

interface StepProps {
  readonly step: Relaxation
  readonly index: number
  readonly steps: Steps
  readonly requirement: Needs
  /** Agents before it, then, and all. */
  readonly reach: readonly [number, number, number]
  readonly found: readonly Finding[]
  readonly set: (step: Relaxation) => void
  readonly remove: () => void
}

function Step({ step, index, steps, requirement, reach: [before, count, whole], found, set, remove }: StepProps) {
  const { readOnly } = useAround()
  const relaxable = requirement.filter((need) => !need.firm).map((need) => need.skill)
  const skills = [...new Set([...relaxable, ...step.levels.map((need) => need.skill)])]
  const number = index + 1
  return (
    <fieldset className="step">
      <legend className="sr">{say("step", { number })}</legend>
      <div className="row wrap">
        <span className="s">{say("step_after")}</span>
        <NumberInput
          spec={{ is: "seconds", min: 1 }}
          value={step.after_s}
          set={(after_s) => set({ ...step, after_s: after_s ?? 1 })}
          disabled={readOnly}
          aria-label={`${say("step", { number })}: ${say("step_after")}`}
        />
        <span className="s grow">{say("step_waiting")}</span>
        {!readOnly && <RemoveButton label={say("step_remove", { number })} remove={remove} />}
      </div>
      {skills.map((skill) => (
        <Level
          key={skill}
          skill={skill}
          level={step.levels.find((need) => need.skill === skill)?.level_min}
          before={levelBefore(requirement, steps, index, skill)}
          set={(level, was) => set(withLevel(step, skill, level, was))}
        />
      ))}
      {step.backup.length > 0 && <span className="s">{say("backup")}</span>}
      <NeedRows
        needs={step.backup}
        set={(backup) => set({ ...step, backup: [...backup] })}
        add={say("backup_add")}
        among={`${say("step", { number })}: `}
      />
      <p className="xs">{say("step_reach", { count, whole, more: count - before })}</p>
      <Findings found={found} />
    </fieldset>
  )
}

interface LevelProps {
  readonly skill: string
  /** What the step says of it; undefined: nothing. */
  readonly level: number | undefined
  readonly before: number
  readonly set: (level: number, before: number) => void
}

/** Only what asks for less can be chosen; what was chosen before stays, and is told to be wrong. */
function Level({ skill, level = undefined, before, set }: LevelProps) {
  const { readOnly } = useAround()
  const title = useTitles()(skill)
  const top = Math.min(LEVEL_MAX, Math.max(before, level ?? 0))
  const levels = Array.from({ length: top + 1 }, (_, down) => top - down)
  const told = (one: number) =>
    one === 0 ? say("level_none") : say(one === before ? "level_same" : "level", { level: one })
  return (
    <label className="row">
      <span className="stepskill cut" dir="auto">
        {title}
      </span>
      <select
        className="input"
        aria-label={say("step_level", { skill: title })}
        disabled={readOnly}
        value={level ?? before}
        onChange={(event) => set(Number(event.target.value), before)}
      >
        {levels.map((one) => (
          <option key={one} value={one}>
            {told(one)}
          </option>
        ))}
      </select>
    </label>
  )
}
