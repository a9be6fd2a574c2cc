/** Orders, invoices and what else is on file, by kind: the newest first, all of them on demand. */

import type { FieldLine, RecordGroup, RecordLine } from "@dryfly/words"
import { useState } from "react"
import { api } from "../api"
import { speaking } from "../say"
import { Copied } from "./Copied"
import { en } from "./customer.en"

const say = speaking(en)

export function Fields({ fields }: { fields: readonly FieldLine[] }) {
  return (
    <dl className="kv">
      {fields.map(({ label, value }, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two items of an order may have the same name
        <div key={`${number} ${label}`} className="pair">
          <dt dir="auto">{label}</dt>
          <dd>
            <Copied value={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

export function Records({ customer, group }: { customer: string; group: RecordGroup }) {
  const { records, next, more } = useRest(customer, group)
  const left = group.count - records.length
  return (
    <section aria-label={group.title}>
      <div className="row">
        <h2 className="grow cut" dir="auto">
          <b>{group.title}</b>
        </h2>
        <span className="xs">{say("all", { count: group.count })}</span>
      </div>
      {records.map((record) => (
        <Record key={record.key} record={record} />
      ))}
      {next !== null && (
        <button type="button" className="link more" onClick={more}>
          {say("more", { count: Math.max(1, left) })}
        </button>
      )}
    </section>
  )
}

/** The group with what was fetched after it; without, as soon as the group itself is another one. */
function useRest(customer: string, group: RecordGroup) {
  const [rest, setRest] = useState<{ after: RecordGroup; records: readonly RecordLine[]; next: string | null } | null>(
    null,
  )
  const own = rest?.after === group ? rest : null
  const next = own ? own.next : group.next
  const more = () => {
    if (next === null) return
    api.records(customer, group.kind, next).then(
      (page) => setRest({ after: group, records: [...(own?.records ?? []), ...page.records], next: page.next }),
      () => undefined, // the button stays
    )
  }
  return { records: [...group.records, ...(own?.records ?? [])], next, more }
}

function Record({ record }: { record: RecordLine }) {
  return (
    <details className="record">
      <summary>
        <span className="cut" dir="auto">
          {record.key} <span className="xs">{record.title}</span>
        </span>
        <span className="time">{record.amount}</span>
        <span className="s">{[record.status, record.date].filter(Boolean).join(" · ")}</span>
      </summary>
      <p className="s">
        <Copied value={record.key} />
      </p>
      <Fields fields={[...record.items, ...record.fields]} />
    </details>
  )
}
