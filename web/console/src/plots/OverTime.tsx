/** What came over a day, and, where there is a forecast, what was expected with its band.
 *
 * A reading aid follows the pointer or the arrow keys and says the numbers of the moment.
 */

import "./plots.css"
import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from "react"
import { area, type Expected, hours, line, linear, nearest, type Point, ticks } from "./scale"

const LEFT = 40
const RIGHT = 14
const TOP = 12
const BOTTOM = 26
const TICK_PX = 44
const HOUR_PX = 74

interface OverTimeProps {
  readonly points: readonly Point[]
  readonly expected?: readonly Expected[]
  readonly begin: number
  readonly end: number
  /** A whole sentence for those who do not see the plot. */
  readonly label: string
  /** Above the axis: "contacts per 15 min". */
  readonly unit: string
  /** What the reading aid says of a moment. */
  readonly read: (point: Point, expected: Expected | undefined) => string
  readonly height?: number
  /** The top of the scale, where it is known: 1 for shares. */
  readonly max?: number
  readonly show?: (value: number) => string
}

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" })

function useWidth() {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(600)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.max(200, entry.contentRect.width)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [box, width] as const
}

export function OverTime(props: OverTimeProps) {
  const { points, expected = [], begin, end, label, unit, read, height = 230, show = String } = props
  const [box, width] = useWidth()
  const [marked, setMarked] = useState<number | null>(null)
  const values = [...points.map(({ value }) => value ?? 0), ...expected.map(({ high }) => high)]
  const levels = props.max ? [0, props.max / 2, props.max] : ticks(Math.max(4, ...values), (height - TOP) / TICK_PX)
  const x = linear(begin, end, LEFT, width - RIGHT)
  const y = linear(0, levels.at(-1) ?? 1, height - BOTTOM, TOP)
  const last = points.findLast(({ value }) => value !== null)
  const point = marked === null ? undefined : points[Math.min(marked, points.length - 1)]

  function follow(event: PointerEvent<SVGSVGElement>): void {
    const left = event.clientX - event.currentTarget.getBoundingClientRect().left
    setMarked(nearest(points, linear(LEFT, width - RIGHT, begin, end)(left)))
  }
  function onKey(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (!step) return
    event.preventDefault()
    setMarked((at) => Math.min(points.length - 1, Math.max(0, (at ?? points.length - 1) + (at === null ? 0 : step))))
  }

  return (
    <div className="plot" ref={box}>
      <p className="xs plot-read" aria-live="polite">
        {point
          ? read(
              point,
              expected.find(({ at }) => at === point.at),
            )
          : unit}
      </p>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={label}
        tabIndex={0}
        onPointerMove={follow}
        onPointerLeave={() => setMarked(null)}
        onKeyDown={onKey}
        onBlur={() => setMarked(null)}
      >
        {levels.map((level) => (
          <g key={level} className="plot-level">
            <line x1={LEFT} x2={width - RIGHT} y1={y(level)} y2={y(level)} />
            <text x={LEFT - 8} y={y(level) + 4}>
              {show(level)}
            </text>
          </g>
        ))}
        {hours(begin, end, (width - LEFT) / HOUR_PX).map((at) => (
          <text key={at} className="plot-hour" x={x(at)} y={height - 8}>
            {CLOCK.format(at)}
          </text>
        ))}
        {expected.length > 0 && <path className="plot-band" d={area(expected, x, y)} />}
        {expected.length > 0 && <path className="plot-expected" d={line(expected, x, y)} />}
        <path className="plot-came" d={line(points, x, y)} />
        {last && <circle className="plot-now" cx={x(last.at)} cy={y(last.value ?? 0)} r="4" />}
        {point && (
          <g className="plot-mark">
            <line x1={x(point.at)} x2={x(point.at)} y1={TOP} y2={height - BOTTOM} />
            {point.value !== null && <circle cx={x(point.at)} cy={y(point.value)} r="4" />}
          </g>
        )}
      </svg>
    </div>
  )
}
