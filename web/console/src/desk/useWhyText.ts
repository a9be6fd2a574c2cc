/** A decision of the floor as a sentence, with the names that things have here. */

import type { WhyLine } from "@dryfly/words"
import { titleOf } from "@dryfly/words/desk"
import { useDesk, useNow } from "../hooks"
import { dayAndTime, moment, say, sayCode, span } from "../say"

export function useWhyText(): (line: WhyLine) => string {
  const queues = useDesk((view) => view.desk?.queues)
  const agents = useDesk((view) => view.desk?.agents)
  const now = useNow()
  return ({ rule, values }) => {
    const limit = span(1_000 * Number(values.limit ?? 0))
    const due = rule.startsWith("queued_") ? Number(values.due_at ?? 0) : 0
    const said = sayCode("why.step", rule, {
      ...values,
      idle: span(Number(values.idle_ms ?? 0)),
      queue: titleOf(queues, `${values.queue ?? ""}`),
      agent: titleOf(agents, `${values.agent ?? ""}`),
      reason: values.reason ? sayCode("reason", `${values.reason}`, {}) : "",
      cause: sayCode("why.when", `${values.when ?? ""}`, { ...values, span: limit }),
      channel: sayCode("channel", `${values.channel ?? ""}`, {}),
      time: typeof values.at === "number" ? dayAndTime(values.at) : "",
    })
    return due ? `${said} ${say("why.due", { time: moment(due, now) })}` : said
  }
}
