/** The table of a report. A heading chooses what the plot shows; a number opens the contacts behind it. */

import type { Figures, Measure } from "@dryfly/words"
import { useState } from "react"
import { definitions } from "../definitions.en"
import type { Choice } from "./choice"
import { type Column, columnsOf, written } from "./columns"
import { say } from "./words"

export interface Line {
  readonly key: string
  readonly title: string
  readonly figures: Figures
  /** Chooses this line; none: it cannot be chosen. */
  readonly choose?: () => void
  readonly isChosen?: boolean
  readonly open: (measure: Measure) => void
}

interface TableProps {
  readonly label: string
  readonly first: string
  readonly lines: readonly Line[]
  readonly choice: Choice
  readonly plot: (id: string) => void
  /** What is said while no heading is. */
  readonly hint?: string
}

export function FiguresTable({ label, first, lines, choice, plot, hint = "" }: TableProps) {
  const columns = columnsOf(choice.by)
  const [read, setRead] = useState<Column | null>(null)
  return (
    <section className="card pad" aria-label={label}>
      <p className="s reading" id={`reading-${first}`} aria-live="polite">
        {read ? (
          <>
            <b>{say(`column.${read.id}`)}.</b> {definitions[read.means]}
          </>
        ) : (
          hint
        )}
      </p>
      <div className="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{first}</th>
              {columns.map((column) => (
                <th key={column.id} scope="col">
                  <button
                    type="button"
                    className="head-button"
                    aria-pressed={choice.plot === column.id}
                    aria-describedby={`reading-${first}`}
                    onClick={() => plot(column.id)}
                    onFocus={() => setRead(column)}
                    onBlur={() => setRead(null)}
                    onPointerEnter={() => setRead(column)}
                    onPointerLeave={() => setRead(null)}
                  >
                    {say(`column.${column.id}`)}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Row key={line.key} line={line} columns={columns} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Row({ line, columns }: { line: Line; columns: readonly Column[] }) {
  return (
    <tr className={line.isChosen ? "chosen" : undefined}>
      <th scope="row" dir="auto">
        {line.choose ? (
          <button type="button" className="row-button" aria-pressed={line.isChosen ?? false} onClick={line.choose}>
            {line.title}
          </button>
        ) : (
          line.title
        )}
      </th>
      {columns.map((column) => (
        <td key={column.id}>
          <Figure column={column} line={line} />
        </td>
      ))}
    </tr>
  )
}

function Figure({ column, line }: { column: Column; line: Line }) {
  const { behind } = column
  const text = written(column, line.figures)
  if (behind === null || !column.value(line.figures)) return text
  return (
    <button
      type="button"
      className="number"
      onClick={() => line.open(behind)}
      aria-label={`${say(`column.${column.id}`)}, ${line.title}: ${text}`}
    >
      {text}
    </button>
  )
}
