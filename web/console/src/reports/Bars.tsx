/** One number over the intervals of a report, as bars. A reading aid follows the pointer or the arrow keys. */

import "../plots/plots.css"
import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from "react"
import { linear, ticks } from "../plots/scale"

const LEFT = 48
const RIGHT = 8
const TOP = 10
const BOTTOM = 24
const HEIGHT = 190
const TICK_PX = 44
const LABEL_PX = 84
const STEPS = [1, 2, 4, 8, 12, 16, 24, 48, 96, 192, 384, 672, 1344]

interface BarsProps {
  readonly values: readonly (number | null)[]
  readonly label: string
  readonly show: (value: number) => string
  readonly tick: (n: number) => string
  /** What the reading aid says of one interval. */
  readonly read: (n: number) => string
  /** What it says while nothing is marked. */
  readonly rest: string
  readonly max?: number | undefined
  readonly open: (n: number) => void
}

export function Bars({ values, label, show, tick, read, rest, max, open }: BarsProps) {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(600)
  const [marked, setMarked] = useState<number | null>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.max(200, entry.contentRect.width)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const count = values.length
  const levels = max
    ? [0, max / 2, max]
    : ticks(Math.max(4, ...values.map((value) => value ?? 0)), (HEIGHT - TOP) / TICK_PX)
  const x = linear(0, count, LEFT, width - RIGHT)
  const y = linear(0, levels.at(-1) ?? 1, HEIGHT - BOTTOM, TOP)
  const gap = x(1) - x(0) > 5 ? 1 : 0
  const fewest = count / ((width - LEFT) / LABEL_PX)
  const every = STEPS.find((step) => step >= fewest) ?? count
  const at = marked === null ? null : Math.min(marked, count - 1)

  function follow(event: PointerEvent<SVGSVGElement>): void {
    const left = event.clientX - event.currentTarget.getBoundingClientRect().left
    setMarked(Math.min(count - 1, Math.max(0, Math.floor(((left - LEFT) / (width - LEFT - RIGHT)) * count))))
  }
  function onKey(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (event.key === "Enter" && at !== null) open(at)
    if (!step) return
    event.preventDefault()
    setMarked((now) => (now === null ? (step > 0 ? 0 : count - 1) : Math.min(count - 1, Math.max(0, now + step))))
  }

  return (
    <div className="plot bars" ref={box}>
      <p className="s plot-read" aria-live="polite">
        {at === null ? rest : read(at)}
      </p>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={label}
        tabIndex={0}
        onPointerMove={follow}
        onPointerLeave={() => setMarked(null)}
        onKeyDown={onKey}
        onBlur={() => setMarked(null)}
        onClick={() => at !== null && open(at)}
      >
        {levels.map((level) => (
          <g key={level} className="plot-level">
            <line x1={LEFT} x2={width - RIGHT} y1={y(level)} y2={y(level)} />
            <text x={LEFT - 8} y={y(level) + 4}>
              {show(level)}
            </text>
          </g>
        ))}
        {values.map((value, n) =>
          value === null ? null : (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: an interval is its place
              key={n}
              className={n === at ? "bar marked" : "bar"}
              x={x(n) + gap / 2}
              width={Math.max(0.5, x(n + 1) - x(n) - gap)}
              y={Math.min(y(value), y(0))}
              height={Math.max(0, y(0) - y(value))}
            />
          ),
        )}
        {values.map((_, n) =>
          n % every === 0 && x(n) + LABEL_PX / 2 < width ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: an interval is its place
            <text key={n} className="bar-tick" x={x(n)} y={HEIGHT - 6}>
              {tick(n)}
            </text>
          ) : null,
        )}
        {at !== null && (
          <rect className="bar-mark" x={x(at)} width={x(at + 1) - x(at)} y={TOP} height={HEIGHT - BOTTOM - TOP} />
        )}
      </svg>
    </div>
  )
}
