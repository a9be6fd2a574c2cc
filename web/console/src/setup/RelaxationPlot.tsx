/** How many agents may serve a queue while a customer waits: a line that rises with each step. */

import { type Box, Levels, levelsOf, useMark, useWidth } from "../plots/frame"
import { line, linear } from "../plots/scale"
import { span } from "../say"
import { say } from "./findings"

export interface Reached {
  readonly after_s: number
  readonly count: number
  /** What is asked then, as a sentence. */
  readonly needs: string
}

const BOX: Box = { left: 40, right: 14, top: 14, bottom: 26, height: 170 }
const ROOM = 1.25 // how far the axis goes on after the last step

export const fromWhen = (after_s: number): string =>
  after_s === 0 ? say("plot_at_start") : say("plot_from", { time: span(after_s * 1000) })

export function RelaxationPlot({ steps, whole }: { steps: readonly Reached[]; whole: number }) {
  const [place, width] = useWidth()
  const end = Math.max(60, (steps.at(-1)?.after_s ?? 0) * ROOM)
  const levels = levelsOf([whole], undefined, BOX)
  const x = linear(0, end, BOX.left, width - BOX.right)
  const y = linear(0, levels.at(-1) ?? 1, BOX.height - BOX.bottom, BOX.top)
  const second = linear(BOX.left, width - BOX.right, 0, end)
  const [marked, marking] = useMark(steps.length, "oldest", (left) => lastBefore(steps, second(left)))
  const at = marked === null ? undefined : steps[marked]
  const told = (step: Reached) => ({ from: fromWhen(step.after_s), count: step.count, whole, needs: step.needs })
  const corners = steps.flatMap(({ after_s, count }, index) => [
    { at: after_s, value: count },
    { at: steps[index + 1]?.after_s ?? end, value: count },
  ])
  return (
    <div className="plot" ref={place}>
      <p className="xs plot-read" aria-live="polite">
        {at ? say("plot_read", told(at)) : say("plot_unit")}
      </p>
      <svg
        viewBox={`0 0 ${width} ${BOX.height}`}
        width={width}
        height={BOX.height}
        role="img"
        aria-label={say("plot_label", { list: steps.map((step) => say("plot_item", told(step))).join("; ") })}
        tabIndex={0}
        {...marking}
      >
        <Levels levels={levels} y={y} show={String} width={width} box={BOX} />
        {steps.map((step) => (
          <g key={step.after_s} className={step === at ? "plot-mark" : "plot-step"}>
            <line x1={x(step.after_s)} x2={x(step.after_s)} y1={BOX.top} y2={BOX.height - BOX.bottom} />
            <text className="plot-hour" x={x(step.after_s)} y={BOX.height - 8}>
              {span(step.after_s * 1000)}
            </text>
          </g>
        ))}
        <path className="plot-came" d={line(corners, x, y)} />
        {steps.map(({ after_s, count }) => (
          <g key={after_s}>
            <circle className="plot-now" cx={x(after_s)} cy={y(count)} r="4" />
            <text x={x(after_s) + 8} y={y(count) - 6}>
              {count}
            </text>
          </g>
        ))}
      </svg>
    </div>
  )
}

const lastBefore = (steps: readonly Reached[], second: number): number =>
  Math.max(
    0,
    steps.findLastIndex(({ after_s }) => after_s <= second),
  )
