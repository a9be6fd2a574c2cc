/** One number over the intervals of a report, as bars. A reading aid follows the pointer or the arrow keys. */

import { type Box, Levels, levelsOf, useMark, useWidth } from "./frame"
import { linear } from "./scale"

const BOX: Box = { left: 48, right: 8, top: 10, bottom: 24, height: 190 }
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
  const [place, width] = useWidth()
  const count = values.length
  const levels = levelsOf(
    values.map((value) => value ?? 0),
    max,
    BOX,
  )
  const x = linear(0, count, BOX.left, width - BOX.right)
  const y = linear(0, levels.at(-1) ?? 1, BOX.height - BOX.bottom, BOX.top)
  const gap = x(1) - x(0) > 5 ? 1 : 0
  const fewest = count / ((width - BOX.left) / LABEL_PX)
  const every = STEPS.find((step) => step >= fewest) ?? count
  const [at, marking] = useMark(count, "oldest", (left) =>
    Math.floor(linear(BOX.left, width - BOX.right, 0, count)(left)),
  )
  const opens = () => at !== null && open(at)

  return (
    <div className="plot bars" ref={place}>
      <p className="s plot-read" aria-live="polite">
        {at === null ? rest : read(at)}
      </p>
      <svg
        viewBox={`0 0 ${width} ${BOX.height}`}
        width={width}
        height={BOX.height}
        role="img"
        aria-label={label}
        tabIndex={0}
        {...marking}
        onKeyDown={(event) => (event.key === "Enter" ? opens() : marking.onKeyDown(event))}
        onClick={opens}
      >
        <Levels levels={levels} y={y} show={show} width={width} box={BOX} />
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
            <text key={n} className="bar-tick" x={x(n)} y={BOX.height - 6}>
              {tick(n)}
            </text>
          ) : null,
        )}
        {at !== null && (
          <rect
            className="bar-mark"
            x={x(at)}
            width={x(at + 1) - x(at)}
            y={BOX.top}
            height={BOX.height - BOX.bottom - BOX.top}
          />
        )}
      </svg>
    </div>
  )
}
