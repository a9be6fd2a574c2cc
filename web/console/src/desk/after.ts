/** After which of the customer's talks an agent writes first. Pure. */

import type { StoryTalk } from "@dryfly/words"

/** The newest that the agent served, then the newest that any agent did, then the newest: the need is known there. */
export function afterWhich(talks: readonly StoryTalk[], agent: string | null): string | undefined {
  const served = talks.filter(({ agents }) => agents.length > 0)
  const own = served.find(({ agents }) => agent !== null && agents.includes(agent))
  return (own ?? served[0] ?? talks[0])?.contact
}
