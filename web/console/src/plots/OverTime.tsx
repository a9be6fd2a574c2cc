/** What came over a day, and, where there is a forecast, what was expected with its band.
 *
 * A reading aid follows the pointer or the arrow keys and says the numbers of the moment.
 */

import { type Box, Levels, levelsOf, useMark, useWidth } from "./frame"
import { area, type Expected, hours, line, linear, nearest, type Point } from "./scale"

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

export function OverTime(props: OverTimeProps) {
  const { points, expected = [], begin, end, label, unit, read, height = 230, show = String } = props
  const [place, width] = useWidth()
  const box: Box = { left: 40, right: 14, top: 12, bottom: 26, height }
  const values = [...points.map(({ value }) => value ?? 0), ...expected.map(({ high }) => high)]
  const levels = levelsOf(values, props.max, box)
  const x = linear(begin, end, box.left, width - box.right)
  const y = linear(0, levels.at(-1) ?? 1, height - box.bottom, box.top)
  const moment = linear(box.left, width - box.right, begin, end)
  const [marked, marking] = useMark(points.length, "newest", (left) => nearest(points, moment(left)) ?? 0)
  const last = points.findLast(({ value }) => value !== null)
  const point = marked === null ? undefined : points[marked]

  return (
    <div className="plot" ref={place}>
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
        {...marking}
      >
        <Levels levels={levels} y={y} show={show} width={width} box={box} />
        {hours(begin, end, (width - box.left) / HOUR_PX).map((at) => (
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
            <line x1={x(point.at)} x2={x(point.at)} y1={box.top} y2={height - box.bottom} />
            {point.value !== null && <circle cx={x(point.at)} cy={y(point.value)} r="4" />}
          </g>
        )}
      </svg>
    </div>
  )
}
