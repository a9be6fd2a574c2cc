/** Where something that lies over the page belongs: below its anchor, or above it where that has more room. */

const GAP_PX = 4
const EDGE_PX = 8

/** With which edge of the anchor it is in line. */
export type Side = "start" | "middle" | "end"

export function place(box: HTMLElement, anchor: HTMLElement, side: Side): void {
  const at = anchor.getBoundingClientRect()
  const below = innerHeight - at.bottom - GAP_PX - EDGE_PX
  const above = at.top - GAP_PX - EDGE_PX
  box.style.maxHeight = ""
  box.style.setProperty("--anchor-width", `${at.width}px`)
  const isAbove = box.offsetHeight > below && above > below
  box.style.maxHeight = `${Math.max(isAbove ? above : below, 0)}px`
  const top = isAbove ? at.top - GAP_PX - box.offsetHeight : at.bottom + GAP_PX
  const start = { start: at.left, middle: (at.left + at.right - box.offsetWidth) / 2, end: at.right - box.offsetWidth }
  const left = Math.max(EDGE_PX, Math.min(start[side], innerWidth - EDGE_PX - box.offsetWidth))
  box.style.top = `${Math.round(top)}px`
  box.style.left = `${Math.round(left)}px`
}
