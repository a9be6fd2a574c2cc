/** A short list to choose from, driven by the keys of the field that it belongs to. */

import { type KeyboardEvent, type ReactNode, useEffect, useState } from "react"

export interface Choosing {
  readonly at: number
  /** Takes the keys of the list; true: the key was one. */
  readonly onKey: (event: KeyboardEvent) => boolean
}

/** Arrows go through `count` choices, Enter or Tab picks, Escape closes. `reset`: begins at the first again. */
export function useChoosing(count: number, pick: (at: number) => void, close: () => void, reset: string): Choosing {
  const [at, setAt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another search is another list
  useEffect(() => setAt(0), [reset])
  const step = (by: number) => setAt((before) => (before + by + count) % count)
  const onKey = (event: KeyboardEvent): boolean => {
    const does = keysOf(event, { step, pick: () => pick(Math.min(at, count - 1)), close })
    if (event.key === "Escape" ? false : count === 0) return false
    if (!does) return false
    event.preventDefault()
    event.stopPropagation()
    does()
    return true
  }
  return { at: Math.min(at, Math.max(0, count - 1)), onKey }
}

interface Does {
  readonly step: (by: number) => void
  readonly pick: () => void
  readonly close: () => void
}

function keysOf(event: KeyboardEvent, { step, pick, close }: Does): (() => void) | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined
  const keys: Record<string, () => void> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: pick,
    Tab: pick,
    Escape: close,
  }
  return keys[event.key]
}

interface ChoicesProps<Choice> {
  readonly id: string
  readonly label: string
  readonly choices: readonly Choice[]
  readonly at: number
  readonly keyOf: (choice: Choice) => string
  readonly pick: (at: number) => void
  readonly children: (choice: Choice) => ReactNode
}

export function Choices<Choice>({ id, label, choices, at, keyOf, pick, children }: ChoicesProps<Choice>) {
  return (
    <div className="choices" role="listbox" id={id} aria-label={label}>
      {choices.map((choice, number) => (
        <div
          key={keyOf(choice)}
          id={`${id}-${number}`}
          role="option"
          tabIndex={-1}
          aria-selected={number === at}
          ref={(element) => {
            if (number === at) element?.scrollIntoView({ block: "nearest" })
          }}
          onMouseDown={(event) => {
            event.preventDefault()
            pick(number)
          }}
        >
          {children(choice)}
        </div>
      ))}
    </div>
  )
}
