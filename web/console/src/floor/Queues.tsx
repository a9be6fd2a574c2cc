/** Every queue on a line. Choosing one narrows the whole screen to it. */

import type { QueueLine, QueueToday, Today } from "@dryfly/words"
import { Meaning } from "../parts/Meaning"
import { Spark } from "../plots/Spark"
import { span } from "../say"
import { ShutButton, ShutChip } from "./Shut"
import { basis, fineShare, NOTHING, range, say, share } from "./words"

const COURSE_QUARTERS = 32

interface QueuesProps {
  readonly queues: readonly QueueLine[]
  readonly today: Today | null
  readonly chosen: string
  readonly choose: (queue: string) => void
  readonly now: number
}

export function Queues({ queues, today, chosen, choose, now }: QueuesProps) {
  const figures = new Map(today?.queues.map((line) => [line.queue, line]))
  return (
    <section className="card scroll" aria-label={say("queues")}>
      {queues.length === 0 ? (
        <p className="empty">{say("no_queues")}</p>
      ) : (
        <table>
          <Head />
          <tbody>
            {queues.map((line) => (
              <Row
                key={line.queue}
                line={line}
                figures={figures.get(line.queue)}
                isChosen={line.queue === chosen}
                choose={choose}
                now={now}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Head() {
  return (
    <thead>
      <tr>
        <th>{say("queue")}</th>
        <th>
          <Meaning of="waiting">{say("waiting")}</Meaning>
        </th>
        <th>
          <Meaning of="oldest">{say("col_oldest")}</Meaning>
        </th>
        <th>
          <Meaning of="expected_wait">{say("col_expected")}</Meaning>
        </th>
        <th>
          <Meaning of="service_level">{say("col_level")}</Meaning>
        </th>
        <th>
          <Meaning of="service_level_now">{say("col_level_now")}</Meaning>
        </th>
        <th>
          <Meaning of="abandoned_share">{say("col_abandoned")}</Meaning>
        </th>
        <th>
          <Meaning of="asa">{say("asa")}</Meaning>
        </th>
        <th>
          <Meaning of="ready">{say("col_ready")}</Meaning>
        </th>
        <th>
          <Meaning of="overdue">{say("col_overdue")}</Meaning>
        </th>
        <th>
          <Meaning of="came">{say("col_course")}</Meaning>
        </th>
        <th>
          <span className="sr">{say("col_close")}</span>
        </th>
      </tr>
    </thead>
  )
}

interface RowProps {
  readonly line: QueueLine
  readonly figures: QueueToday | undefined
  readonly isChosen: boolean
  readonly choose: (queue: string) => void
  readonly now: number
}

function Row({ line, figures, isChosen, choose, now }: RowProps) {
  const isAlone = line.waiting_count > 0 && line.agents_ready_count === 0
  const course = figures?.quarters.slice(-COURSE_QUARTERS - 1, -1).map((quarter) => quarter.entered_count) ?? []
  const today = figures?.today
  return (
    <tr aria-selected={isChosen}>
      <th scope="row">
        <button type="button" className="link queue" aria-pressed={isChosen} onClick={() => choose(line.queue)}>
          {line.title}
        </button>{" "}
        <span className="xs">{say("target", { time: span(line.target_s * 1000) })}</span>{" "}
        <ShutChip line={line} now={now} /> {isAlone && <span className="chip amber">{say("nobody_ready")}</span>}
      </th>
      <td className="time">{line.waiting_count}</td>
      <td className="time">{line.oldest_since === null ? NOTHING : span(now - line.oldest_since)}</td>
      <td className="time">
        {range(line.expected)}
        {line.expected && <span className="xs basis">{basis(line.expected)}</span>}
      </td>
      <td className="time">{share(today?.service_level ?? null)}</td>
      <td className="time">{share(figures?.lately.service_level ?? null)}</td>
      <td className="time">
        {fineShare(today?.abandoned_share ?? null)}{" "}
        <span className="xs">{today && today.abandoned_count > 0 ? today.abandoned_count : ""}</span>
      </td>
      <td className="time">{today?.asa_s == null ? NOTHING : span(today.asa_s * 1000)}</td>
      <td className="time">
        {line.agents_ready_count} / {line.agents_on_count}
      </td>
      <td className={line.overdue_count > 0 ? "time red" : "time"}>{line.overdue_count}</td>
      <td>
        <Spark
          values={course}
          label={say("course_label", { list: course.join(", ") })}
          tone={isAlone ? "amber" : "river"}
        />
      </td>
      <td>
        <ShutButton line={line} now={now} />
      </td>
    </tr>
  )
}
