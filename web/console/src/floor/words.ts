/** How the floor says things: its catalogue, and its numbers. */

import { span, speaking } from "../say"
import { en } from "./messages.en"

export const say = speaking(en)

const SHARE = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 0 })
const FINE_SHARE = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 1 })

export const NOTHING = "–"

export const share = (value: number | null): string => (value === null ? NOTHING : SHARE.format(value))
export const fineShare = (value: number | null): string => (value === null ? NOTHING : FINE_SHARE.format(value))
export const seconds = (value: number | null): string => (value === null ? NOTHING : span(value * 1000))

/** Where an estimate comes from. */
export function basis({ learned_days }: { readonly learned_days: number | null }): string {
  if (learned_days === null) return say("by_rule")
  return learned_days === 0 ? say("learned_here") : say("learned", { count: learned_days })
}

export function range(expected: { readonly from_s: number; readonly to_s: number } | null): string {
  if (expected === null) return NOTHING
  const [from, to] = [Math.round(expected.from_s / 60), Math.round(expected.to_s / 60)]
  return from === 0 ? say("up_to", { to }) : say("minutes", { from, to })
}
