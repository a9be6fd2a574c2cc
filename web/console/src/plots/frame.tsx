/** What every plot has: the width of its place, level lines, and a mark that follows the pointer or the arrow keys. */

import "./plots.css"
import { type KeyboardEvent, type PointerEvent, type ReactNode, useLayoutEffect, useRef, useState } from "react"
import { ticks } from "./scale"

const WIDTH_MIN = 200
const TICK_PX = 44
const TOP_MIN = 4

export interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly height: number
}

export function useWidth() {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(600)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.max(WIDTH_MIN, entry.contentRect.width)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [box, width] as const
}

/** Round levels from nothing to the greatest value; `max` where the top is known, as 1 for shares. */
export const levelsOf = (
  values: readonly number[],
  max: number | undefined,
  { height, top }: Box,
): readonly number[] => (max ? [0, max / 2, max] : ticks(Math.max(TOP_MIN, ...values), (height - top) / TICK_PX))

/** Which of `count` places is marked. `placeAt` tells the one below a pointer, in pixels from the plot's left. */
export function useMark(count: number, first: "oldest" | "newest", placeAt: (left: number) => number) {
  const [marked, setMarked] = useState<number | null>(null)
  const within = (place: number) => Math.min(count - 1, Math.max(0, place))
  const begin = (step: number) => (first === "oldest" && step > 0 ? 0 : count - 1)
  const events = {
    onPointerMove: (event: PointerEvent<SVGSVGElement>) =>
      setMarked(within(placeAt(event.clientX - event.currentTarget.getBoundingClientRect().left))),
    onPointerLeave: () => setMarked(null),
    onBlur: () => setMarked(null),
    onKeyDown: (event: KeyboardEvent) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
      if (!step) return
      event.preventDefault()
      setMarked((at) => (at === null ? begin(step) : within(at + step)))
    },
  }
  return [marked === null ? null : within(marked), events] as const
}

interface LevelsProps {
  readonly levels: readonly number[]
  readonly y: (value: number) => number
  readonly show: (value: number) => string
  readonly width: number
  readonly box: Box
}

export function Levels({ levels, y, show, width, box }: LevelsProps): ReactNode {
  return levels.map((level) => (
    <g key={level} className="plot-level">
      <line x1={box.left} x2={width - box.right} y1={y(level)} y2={y(level)} />
      <text x={box.left - 8} y={y(level) + 4}>
        {show(level)}
      </text>
    </g>
  ))
}
