/** Which playbook the assistant works by, and what is in it. */

import { titleOf, useEntries } from "./Form"
import { useStatus } from "./status"
import { say, sayError } from "./words"

export default function PlaybookPage() {
  const { status, error } = useStatus()
  const queues = useEntries("queues")
  if (error) return <p className="wrong">{sayError(error)}</p>
  if (!status) return <p className="empty">{say("loading")}</p>
  const guide = <p className="s">{say("playbook.guide")}</p>
  if (!status.playbook)
    return (
      <div className="empty">
        <b>{say("playbook.none")}</b>
        {guide}
      </div>
    )
  return (
    <div className="stack">
      <section className="card pad scroll" aria-label={say("nav.playbook")}>
        <h2>{say("playbook.version", { version: status.playbook.version })}</h2>
        <table>
          <thead>
            <tr>
              <th>{say("playbook.needs")}</th>
              <th>{say("playbook.queue")}</th>
            </tr>
          </thead>
          <tbody>
            {status.playbook.needs.map((need) => (
              <tr key={need.key}>
                <td dir="auto">
                  {need.title} <code className="xs">{need.key}</code>
                </td>
                <td>
                  {need.queue && (
                    <a className="link" href={`#/setup/queues/${need.queue}`}>
                      {titleOf(queues[need.queue], need.queue)}
                    </a>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {guide}
    </div>
  )
}
