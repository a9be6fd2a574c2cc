/** Who it is: profile, records, every earlier contact, and how old all that is. */

import type { CustomerPanel, FieldLine, RecordLine, TalkRef } from "@dryfly/words"
import { goTo, useDesk, useNow } from "../hooks"
import { age, moment, say, sayCode } from "../say"

function Fields({ fields }: { fields: readonly FieldLine[] }) {
  return (
    <dl className="kv">
      {fields.map(({ label, value }) => (
        <div key={label} style={{ display: "contents" }}>
          <dt>{label}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Record({ record }: { record: RecordLine }) {
  return (
    <details className="record">
      <summary>
        <span className="cut">
          {record.key} <span className="xs">{record.title}</span>
        </span>
        <span className="s">{[record.status, record.date].filter(Boolean).join(" ")}</span>
        <span>{record.amount}</span>
      </summary>
      <Fields fields={[...record.items, ...record.fields]} />
    </details>
  )
}

function Story({ earlier, now }: { earlier: readonly TalkRef[]; now: number }) {
  return (
    <ol className="story">
      {earlier.map((talk) => (
        <li key={talk.contact}>
          <span className="xs">{moment(talk.opened_at, now)}</span>
          <button type="button" className="link" onClick={() => goTo("talk", talk.contact)}>
            {[
              sayCode("channel", talk.channel, {}, talk.channel),
              talk.need,
              talk.ending && sayCode("ending", talk.ending, {}),
            ]
              .filter(Boolean)
              .join(" · ")}
          </button>
        </li>
      ))}
    </ol>
  )
}

export function Customer({ contact }: { contact: string }) {
  const panel = useDesk((view) => view.pages[contact]?.page?.customer ?? null)
  const isFetched = useDesk((view) => !!view.pages[contact]?.page)
  return (
    <aside className="cust" aria-label={say("customer.title")}>
      {panel ? <Known panel={panel} /> : isFetched && <Unknown />}
    </aside>
  )
}

function Unknown() {
  return (
    <div className="empty">
      <b>{say("customer.unknown")}</b>
      <p className="s">{say("customer.unknown_hint")}</p>
    </div>
  )
}

function Known({ panel }: { panel: CustomerPanel }) {
  const now = useNow()
  const { image, records, earlier } = panel
  return (
    <>
      <section>
        <div className="row">
          <h2 className="grow cut" dir="auto">
            <b>{panel.name || say("customer.title")}</b>
          </h2>
          {image && (
            <span className="chip time">
              {say("customer.age", { source: image.source, ago: age(now - image.loaded_at) })}
            </span>
          )}
        </div>
        <Fields fields={panel.fields} />
      </section>
      <section>
        <div className="row">
          <h2 className="grow">
            <b>{say("customer.records")}</b>
          </h2>
          {panel.records_count > records.length && (
            <span className="xs">{say("customer.more", { count: panel.records_count })}</span>
          )}
        </div>
        {records.map((record) => (
          <Record key={record.kind + record.key} record={record} />
        ))}
        {records.length === 0 && <p className="s">{say("customer.no_records")}</p>}
      </section>
      <section>
        <h2>
          <b>{say("customer.earlier")}</b>
        </h2>
        {earlier.length > 0 ? <Story earlier={earlier} now={now} /> : <p className="s">{say("customer.no_earlier")}</p>}
      </section>
    </>
  )
}
