/** A line the size of a word: the course of a number, its last value marked. */

import { line, linear } from "./scale"
import "./plots.css"

const WIDTH = 92
const HEIGHT = 22
const EDGE = 3

interface SparkProps {
  readonly values: readonly (number | null)[]
  /** What it says, for those who do not see it. */
  readonly label: string
  /** The top of the scale; the largest value where none is given. */
  readonly max?: number
  readonly tone?: "river" | "amber" | "red"
}

export function Spark({ values, label, max, tone = "river" }: SparkProps) {
  const top = max ?? Math.max(1, ...values.map((value) => value ?? 0))
  const x = linear(0, Math.max(1, values.length - 1), EDGE, WIDTH - EDGE)
  const y = linear(0, top, HEIGHT - EDGE, EDGE)
  const points = values.map((value, n) => ({ at: n, value }))
  const last = points.findLast((point) => point.value !== null)
  return (
    <svg className={`spark ${tone}`} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img">
      <title>{label}</title>
      <path d={line(points, x, y)} />
      {last && <circle cx={x(last.at)} cy={y(last.value ?? 0)} r="2" />}
    </svg>
  )
}
