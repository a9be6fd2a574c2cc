/** One day's hours within a week's, and how they are changed. */

import type { Hours, Span } from "@dryfly/words"

export interface HoursProps {
  readonly hours: Hours
  readonly set: (hours: Hours) => void
}

type Week = Readonly<Record<string, readonly Span[]>>

export const spansOf = (hours: Hours, day: string): readonly Span[] => (hours.week as unknown as Week)[day] ?? []

export function withDays(hours: Hours, days: readonly string[], spans: readonly Span[]): Hours {
  const changed = Object.fromEntries(days.map((day) => [day, spans]))
  return { ...hours, week: { ...hours.week, ...changed } as unknown as Hours["week"] }
}
