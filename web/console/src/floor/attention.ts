/** Who needs a supervisor first. Pure. */

import type { AgentLine } from "@dryfly/words"

export type Need = "lost" | "overdue" | "over" | null

export function needOf(agent: AgentLine, now: number): Need {
  if (agent.presence === "offline") return null
  if (agent.lost_until !== null) return "lost"
  if (agent.overdue_count > 0) return "overdue"
  return agent.over_at !== null && agent.over_at <= now ? "over" : null
}

const NEEDS: readonly Need[] = ["lost", "overdue", "over", null]
const PRESENCES: readonly AgentLine["presence"][] = ["ready", "away", "offline"]

/** By need, then presence, then name: an agent's place changes only when one of these does. */
export function byAttention(agents: readonly AgentLine[], now: number): readonly AgentLine[] {
  const rank = (agent: AgentLine) => NEEDS.indexOf(needOf(agent, now)) * 10 + PRESENCES.indexOf(agent.presence)
  return agents
    .map((agent) => ({ agent, rank: rank(agent) }))
    .sort((one, other) => one.rank - other.rank || one.agent.name.localeCompare(other.agent.name))
    .map(({ agent }) => agent)
}
