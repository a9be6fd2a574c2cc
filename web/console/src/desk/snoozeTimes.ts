/** When a talk may come back: the times that people say, by the reader's own clock. */

export type SnoozeName = "hour" | "afternoon" | "tomorrow" | "monday"
export type Choice = readonly [SnoozeName, number]

const HOUR_MS = 3_600_000
const MORNING = 9
const AFTERNOON = 14
const FRIDAY = 5
const SATURDAY = 6

function day(now: number, days: number, hour: number): number {
  const at = new Date(now)
  at.setDate(at.getDate() + days)
  return at.setHours(hour, 0, 0, 0)
}

/** Each once, in order of time. A choice that would be within the hour is not one. */
export function snoozeChoices(now: number): readonly Choice[] {
  const weekday = new Date(now).getDay()
  const choices: Choice[] = [
    ["hour", now + HOUR_MS],
    ["afternoon", day(now, 0, AFTERNOON)],
    ["tomorrow", day(now, 1, MORNING)],
  ]
  if (weekday === FRIDAY || weekday === SATURDAY) choices.push(["monday", day(now, 8 - weekday, MORNING)])
  return choices.filter(([name, at]) => name === "hour" || at > now + HOUR_MS)
}

const two = (number: number): string => `${number}`.padStart(2, "0")

/** As a field of the browser has it: "2026-03-01T09:00", in local time. */
export function fieldOf(at: number): string {
  const day = new Date(at)
  const date = [day.getFullYear(), two(day.getMonth() + 1), two(day.getDate())].join("-")
  return `${date}T${two(day.getHours())}:${two(day.getMinutes())}`
}
