/** How the copy of the customer records stands. */

import { useNow } from "../hooks"
import { age } from "../say"
import { useStatus } from "./status"
import { say, sayError } from "./words"

export default function Image() {
  const { status, error } = useStatus()
  const now = useNow()
  if (error) return <p className="wrong">{sayError(error)}</p>
  if (!status) return <p className="empty">{say("loading")}</p>
  const guide = <p className="s">{say("image.guide")}</p>
  if (status.image.length === 0)
    return (
      <div className="empty">
        <b>{say("image.none")}</b>
        <p>{say("image.none?")}</p>
        {guide}
      </div>
    )
  return (
    <div className="stack">
      <section className="card pad scroll" aria-label={say("nav.image")}>
        <table>
          <thead>
            <tr>
              <th>{say("image.version")}</th>
              <th>{say("image.source")}</th>
              <th>{say("image.age")}</th>
              <th>{say("image.customers")}</th>
              <th>{say("image.identifiers")}</th>
              <th>{say("image.records")}</th>
              <th>{say("image.rejected")}</th>
            </tr>
          </thead>
          <tbody>
            {status.image.map((one) => (
              <tr key={one.version}>
                <td className="time">
                  {one.version} {one.current && <span className="chip river">{say("image.current")}</span>}
                </td>
                <td>{one.source}</td>
                <td className="time nowrap">{age(now - one.loaded_at)}</td>
                <td className="time">{one.customers_count}</td>
                <td className="time">{one.identifiers_count}</td>
                <td>{counts(one.records)}</td>
                <td>{counts(one.rejected) || "0"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="card pad scroll" aria-label={say("image.rejects")}>
        <h2>{say("image.rejects")}</h2>
        {status.rejects.length === 0 && <p className="s">{say("image.rejects.none")}</p>}
        <ul className="stack">
          {status.rejects.map((reject) => (
            <li key={reject.number} className="row wrap s">
              <code>
                {reject.source}:{reject.row_number}
              </code>
              <code>{reject.place}</code>
              <span className="grow">{reject.reason}</span>
            </li>
          ))}
        </ul>
      </section>
      {guide}
    </div>
  )
}

const counts = (of: Readonly<Record<string, number>>) =>
  Object.entries(of)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ")
