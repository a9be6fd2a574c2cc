/** Opening hours as half hours of a week, and as people write them. Pure. */

import type { Span } from "@dryfly/words"

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const
export type DayName = (typeof DAYS)[number]
export const SLOT_MIN = 30
export const SLOTS = (24 * 60) / SLOT_MIN

export const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`

export function minutesOf(text: string): number | null {
  const found = /^(\d{1,2})(?::(\d{2}))?$/.exec(text.trim())
  if (!found) return null
  const minutes = Number(found[1]) * 60 + Number(found[2] ?? 0)
  return minutes <= 24 * 60 && Number(found[2] ?? 0) < 60 ? minutes : null
}

/** "8-12, 13:00-17:30" as spans; null where it is no times. Empty: closed. */
export function spansFrom(text: string): readonly Span[] | null {
  const parts = text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)
  const spans = parts.map((part) => {
    const [opens, closes] = part.split(/[-–]/).map(minutesOf)
    if (opens === undefined || closes === undefined || opens === null || closes === null) return null
    return { opens: clock(opens), closes: clock(closes) }
  })
  return spans.includes(null) ? null : (spans as Span[])
}

export const textOf = (spans: readonly Span[]): string =>
  spans.map(({ opens, closes }) => `${opens}-${closes}`).join(", ")

/** A span that goes on after midnight counts for its own day only up to 24:00. */
const endOf = ({ opens, closes }: Span): number => {
  const end = minutesOf(closes) ?? 0
  return end <= (minutesOf(opens) ?? 0) ? 24 * 60 : end
}

/** Whether the half hour that begins there is open, at least in part. */
export function isOpen(spans: readonly Span[], slot: number): boolean {
  const from = slot * SLOT_MIN
  return spans.some((span) => (minutesOf(span.opens) ?? 0) < from + SLOT_MIN && endOf(span) > from)
}

/** The day's spans with one half hour opened or closed; what is not on half hours elsewhere stays as it is. */
export function withSlot(spans: readonly Span[], slot: number, open: boolean): readonly Span[] {
  const from = slot * SLOT_MIN
  const to = from + SLOT_MIN
  const kept: { from: number; to: number }[] = []
  for (const span of spans) {
    const one = { from: minutesOf(span.opens) ?? 0, to: endOf(span) }
    if (one.from < from) kept.push({ from: one.from, to: Math.min(one.to, from) })
    if (one.to > to) kept.push({ from: Math.max(one.from, to), to: one.to })
  }
  if (open) kept.push({ from, to })
  kept.sort((one, other) => one.from - other.from)
  const joined: { from: number; to: number }[] = []
  for (const one of kept) {
    const last = joined.at(-1)
    if (last && last.to >= one.from) last.to = Math.max(last.to, one.to)
    else joined.push({ ...one })
  }
  return joined.map((one) => ({ opens: clock(one.from), closes: clock(one.to) }))
}
