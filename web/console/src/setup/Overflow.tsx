/** Where a queue's contacts go when it is too long, too slow or closed: each rule reads as a sentence. */

import type { Finding, OverflowRule } from "@dryfly/words"
import type { Json } from "./draft"
import { AddButton, type FieldProps, RemoveButton, titleOf, useAround, useEntries } from "./Form"
import { below, Findings, say } from "./findings"
import { NumberInput } from "./inputs"
import { type Rules, raised, replaced, turned, without } from "./routing"

const WHEN = ["length", "estimate", "wait", "closed"] as const
const TO = ["queue", "bot", "callback"] as const
const NEW: OverflowRule = { when: "length", to: "queue", limit: 20, queue: null }

export function Overflow({ spec, entry, change, findings = [] }: FieldProps) {
  const { readOnly } = useAround()
  const { overflow: rules } = entry.spec as unknown as { overflow: Rules }
  const others = Object.keys(useEntries("queues")).filter((id) => id !== entry.id)
  const set = (next: Rules) => change(spec.path, next as unknown as Json)
  return (
    <>
      {rules.length === 0 && <p className="s">{say("rules_none")}</p>}
      <ol className="rules">
        {rules.map((rule, index) => (
          <Rule
            // biome-ignore lint/suspicious/noArrayIndexKey: every part of a rule may be changed
            key={index}
            rule={rule}
            number={index + 1}
            others={others}
            found={below(findings, `${spec.path}[${index}]`)}
            set={(changed) => set(replaced(rules, index, turned(rule, changed, others)))}
            remove={() => set(without(rules, index))}
            up={index > 0 ? () => set(raised(rules, index)) : null}
          />
        ))}
      </ol>
      <Findings found={findings.filter(({ where }) => where === spec.path)} />
      {!readOnly && <AddButton label={say("rule_add")} add={() => set([...rules, turned(NEW, {}, others)])} />}
    </>
  )
}

interface RuleProps {
  readonly rule: OverflowRule
  readonly number: number
  readonly others: readonly string[]
  readonly found: readonly Finding[]
  readonly set: (changed: Partial<OverflowRule>) => void
  readonly remove: () => void
  readonly up: (() => void) | null
}

function Rule({ rule, number, others, found, set, remove, up }: RuleProps) {
  const { readOnly } = useAround()
  const common = { className: "input", disabled: readOnly }
  return (
    <li>
      <div className="row wrap">
        <span className="s">{say("rule_when")}</span>
        <select
          {...common}
          aria-label={`${say("rule", { number })}: ${say("rule_when")}`}
          value={rule.when}
          onChange={(event) => set({ when: event.target.value as OverflowRule["when"] })}
        >
          {WHEN.map((when) => (
            <option key={when} value={when}>
              {say(`when_${when}`)}
            </option>
          ))}
        </select>
        {rule.when !== "closed" && (
          <NumberInput
            spec={{ is: rule.when === "length" ? "number" : "seconds", min: 1 }}
            value={rule.limit}
            set={(limit) => set({ limit: limit ?? 0 })}
            disabled={readOnly}
            aria-label={say("rule_limit", { number })}
          />
        )}
        {rule.when === "length" && <span className="s">{say("rule_contacts")}</span>}
        <select
          {...common}
          aria-label={`${say("rule", { number })}: ${say("rule_then")}`}
          value={rule.to}
          onChange={(event) => set({ to: event.target.value as OverflowRule["to"] })}
        >
          {TO.map((to) => (
            <option key={to} value={to}>
              {say(`to_${to}`)}
            </option>
          ))}
        </select>
        {rule.to === "queue" && <ToQueue rule={rule} number={number} others={others} set={set} />}
        {!readOnly && (
          <span className="row">
            {up && (
              <button
                type="button"
                className="btn quiet"
                aria-label={say("rule_up", { number })}
                title={say("rule_up", { number })}
                onClick={up}
              >
                ↑
              </button>
            )}
            <RemoveButton label={say("rule_remove", { number })} remove={remove} />
          </span>
        )}
      </div>
      <Findings found={found} />
    </li>
  )
}

function ToQueue({ rule, number, others, set }: Pick<RuleProps, "rule" | "number" | "others" | "set">) {
  const { readOnly } = useAround()
  const queues = useEntries("queues")
  const all = [...new Set([...(rule.queue === null ? [] : [rule.queue]), ...others])]
  return (
    <select
      className="input"
      aria-label={say("rule_queue", { number })}
      disabled={readOnly}
      value={rule.queue ?? ""}
      onChange={(event) => set({ queue: event.target.value })}
    >
      {all.map((id) => (
        <option key={id} value={id}>
          {titleOf(queues[id], id)}
        </option>
      ))}
    </select>
  )
}
