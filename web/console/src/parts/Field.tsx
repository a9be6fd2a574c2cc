/** Fields with their name over them; below it what else there is to know, and what is wrong. */

import { type ComponentProps, type ReactNode, useId } from "react"

interface Told {
  readonly label: string
  readonly description?: string
  readonly error?: string | null | false
}

/** What a field says of itself, and where that stands. */
function useTold({ label, description, error }: Told) {
  const id = useId()
  const about = { id, "aria-invalid": !!error, "aria-describedby": description || error ? `${id}-told` : undefined }
  const wrap = (field: ReactNode) => (
    <div className="labelled">
      <label htmlFor={id}>{label}</label>
      {field}
      {(description || error) && (
        <p id={`${id}-told`} className={error ? "wrong s" : "s"} role={error ? "alert" : undefined}>
          {error || description}
        </p>
      )}
    </div>
  )
  return [about, wrap] as const
}

/** A line of text that must be given. */
export function Field({ label, description, error, ...input }: Told & ComponentProps<"input">) {
  const [about, wrap] = useTold({ label, description, error })
  return wrap(<input required {...about} {...input} />)
}

export function TextArea({ label, description, error, ...area }: Told & ComponentProps<"textarea">) {
  const [about, wrap] = useTold({ label, description, error })
  return wrap(<textarea {...about} {...area} />)
}

export interface Option {
  readonly value: string
  readonly label: string
  readonly disabled?: boolean
}

/** One of a few. */
export function Pick({
  label,
  data,
  ...select
}: Told & ComponentProps<"select"> & { readonly data: readonly Option[] }) {
  const [about, wrap] = useTold({ label })
  return wrap(
    <select {...about} {...select}>
      {data.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>,
  )
}
