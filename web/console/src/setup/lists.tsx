/** Controls for lists of values: ticked entries, needed skills, room per channel. */

import type { SkillNeed } from "@dryfly/words"
import type { Json, Kind } from "./draft"
import { AddButton, type FieldProps, RemoveButton, titleOf, useAround, useEntries } from "./Form"
import { say as sayRouting } from "./findings"
import { NumberInput } from "./inputs"
import { say } from "./words"

type ListProps = FieldProps & { readonly value: readonly Json[] }

export function Many({ spec, value, change }: ListProps) {
  const { readOnly } = useAround()
  const entries = useEntries(spec.of as Kind)
  const all = [...new Set([...Object.keys(entries), ...(value as string[])])]
  const toggle = (id: string) =>
    change(
      spec.path,
      value.includes(id)
        ? value.filter((other) => other !== id)
        : all.filter((other) => other === id || value.includes(other)),
    )
  return (
    <div className="checks">
      {all.map((id) => (
        <label key={id} className="row check">
          <input type="checkbox" checked={value.includes(id)} disabled={readOnly} onChange={() => toggle(id)} />
          <span dir="auto">{titleOf(entries[id], id)}</span>
        </label>
      ))}
    </div>
  )
}

const LEVELS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

export function Needs({ spec, value, change }: ListProps) {
  const set = (next: readonly SkillNeed[]) => change(spec.path, next as unknown as Json)
  return <NeedRows needs={value as unknown as readonly SkillNeed[]} set={set} add={say("needs.add")} canBeFirm />
}

interface NeedRowsProps {
  readonly needs: readonly SkillNeed[]
  readonly set: (needs: readonly SkillNeed[]) => void
  /** What the button says that adds one. */
  readonly add: string
  /** What they belong to, where a page has several such lists. */
  readonly among?: string
  readonly canBeFirm?: boolean
}

export function NeedRows({ needs, set, add, among = "", canBeFirm = false }: NeedRowsProps) {
  const { readOnly } = useAround()
  const skills = useEntries("skills")
  const free = Object.keys(skills).filter((skill) => needs.every((need) => need.skill !== skill))
  const at = (number: number, changed: Partial<SkillNeed>) =>
    set(needs.map((need, other) => (other === number ? { ...need, ...changed } : need)))
  return (
    <>
      {needs.map((need, number) => (
        <div className="row wrap" key={need.skill}>
          <select
            className="input"
            aria-label={among + say("needs.skill")}
            disabled={readOnly}
            value={need.skill}
            onChange={(event) => at(number, { skill: event.target.value })}
          >
            {[need.skill, ...free].map((skill) => (
              <option key={skill} value={skill}>
                {titleOf(skills[skill], skill)}
              </option>
            ))}
          </select>
          <span className="s">{say("needs.level")}</span>
          <select
            className="input number"
            aria-label={`${among}${titleOf(skills[need.skill], need.skill)} ${say("needs.level")}`}
            disabled={readOnly}
            value={need.level_min}
            onChange={(event) => at(number, { level_min: Number(event.target.value) })}
          >
            {LEVELS.map((level) => (
              <option key={level}>{level}</option>
            ))}
          </select>
          {canBeFirm && (
            <label className="row check s">
              <input
                type="checkbox"
                checked={need.firm}
                disabled={readOnly}
                onChange={(event) => at(number, { firm: event.target.checked })}
              />
              {sayRouting("firm")}
            </label>
          )}
          {!readOnly && (
            <RemoveButton
              label={among + say("needs.remove", { skill: titleOf(skills[need.skill], need.skill) })}
              remove={() => set(needs.filter((_, other) => other !== number))}
            />
          )}
        </div>
      ))}
      {!readOnly && free[0] && (
        <AddButton label={add} add={() => set([...needs, { skill: free[0] as string, level_min: 1, firm: false }])} />
      )}
    </>
  )
}

interface Capacity {
  readonly channel: string
  readonly units_each: number
  readonly contacts_max: number
}
const NEW_CAPACITY: Capacity = { channel: "web", units_each: 25, contacts_max: 4 }

export function Channels({ spec, value, change }: ListProps) {
  const { readOnly } = useAround()
  const list = value as unknown as readonly Capacity[]
  const set = (next: readonly Capacity[]) => change(spec.path, next as unknown as Json)
  const at = (number: number, changed: Partial<Capacity>) =>
    set(list.map((one, other) => (other === number ? { ...one, ...changed } : one)))
  const count = (number: number, key: "units_each" | "contacts_max", least: number) => (
    <div className="row s">
      {say(`channels.${key}`)}
      <NumberInput
        spec={{ is: "number", min: least }}
        value={list[number]?.[key] ?? 0}
        set={(next) => at(number, { [key]: next ?? least })}
        disabled={readOnly}
        aria-label={`${list[number]?.channel} ${say(`channels.${key}`)}`}
      />
    </div>
  )
  return (
    <>
      {list.map((one, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a channel's name is being written
        <div className="row wrap" key={number}>
          <input
            className="input number wider"
            aria-label={say("channels.channel")}
            disabled={readOnly}
            value={one.channel}
            onChange={(event) => at(number, { channel: event.target.value.trim() })}
          />
          {count(number, "units_each", 1)}
          {count(number, "contacts_max", 0)}
          {!readOnly && (
            <RemoveButton
              label={say("channels.remove", { channel: one.channel })}
              remove={() => set(list.filter((_, other) => other !== number))}
            />
          )}
        </div>
      ))}
      {!readOnly && <AddButton label={say("channels.add")} add={() => set([...list, NEW_CAPACITY])} />}
    </>
  )
}
