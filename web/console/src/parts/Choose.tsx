/** One of many, found by typing. */

import { useCallback, useId, useRef, useState } from "react"
import { useChoosing } from "../desk/Choices"
import type { Option } from "./Field"
import { Floating } from "./Floating"

export interface OptionGroup {
  readonly group: string
  readonly items: readonly Option[]
}

interface ChooseProps {
  readonly label: string
  readonly placeholder: string
  readonly data: readonly (Option | OptionGroup)[]
  readonly value: string | null
  readonly onChange: (value: string) => void
  readonly error?: string
  /** Said where nothing has a name like that. */
  readonly nothing: string
}

export function Choose({ label, placeholder, data, value, onChange, error, nothing }: ChooseProps) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const [isOpen, setOpen] = useState(false)
  const close = useCallback(() => {
    setOpen(false)
    setTyped(null)
  }, [])
  const groups = found(data, typed ?? "")
  const options = groups.flatMap(({ items }) => items)
  const pick = (at: number) => {
    const option = options[at]
    if (!option || option.disabled) return
    onChange(option.value)
    close()
  }
  const { at, onKey } = useChoosing(options.length, pick, close, typed ?? "")
  return (
    <div className="labelled">
      <label htmlFor={id}>{label}</label>
      <input
        ref={field}
        id={id}
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && options.length > 0 ? `${id}-${at}` : undefined}
        aria-invalid={!!error}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={typed ?? labelOf(data, value)}
        data-autofocus
        onChange={({ target }) => {
          setTyped(target.value)
          setOpen(true)
        }}
        onClick={() => setOpen(true)}
        onKeyDown={(event) => {
          if (isOpen) onKey(event)
          else if (event.key === "ArrowDown" || event.key === "ArrowUp") setOpen(true)
        }}
      />
      {error && (
        <p className="wrong s" role="alert">
          {error}
        </p>
      )}
      {isOpen && (
        <Floating
          anchor={field}
          side="start"
          close={close}
          className="choices"
          id={`${id}-list`}
          role="listbox"
          aria-label={label}
        >
          {groups.map((group) => (
            <Options
              key={group.group}
              id={id}
              {...group}
              first={options.indexOf(group.items[0]!)}
              at={at}
              pick={pick}
            />
          ))}
          {options.length === 0 && <p className="empty s">{nothing}</p>}
        </Floating>
      )}
    </div>
  )
}

const grouped = (data: readonly (Option | OptionGroup)[]): readonly OptionGroup[] => [
  { group: "", items: data.filter((one) => "value" in one) },
  ...data.filter((one) => "group" in one),
]

const labelOf = (data: readonly (Option | OptionGroup)[], value: string | null): string =>
  grouped(data)
    .flatMap(({ items }) => items)
    .find((option) => option.value === value)?.label ?? ""

/** Those whose names have what was typed. */
export function found(data: readonly (Option | OptionGroup)[], typed: string): readonly OptionGroup[] {
  const wanted = typed.trim().toLocaleLowerCase()
  const has = ({ label }: Option) => label.toLocaleLowerCase().includes(wanted)
  return grouped(data)
    .map(({ group, items }) => ({ group, items: items.filter(has) }))
    .filter(({ items }) => items.length > 0)
}

interface OptionsProps extends OptionGroup {
  readonly id: string
  /** The number of its first in the whole list. */
  readonly first: number
  readonly at: number
  readonly pick: (at: number) => void
}

function Options({ id, group, items, first, at, pick }: OptionsProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
    <div role="group" aria-label={group || undefined}>
      {group && (
        <p className="xs" aria-hidden="true">
          {group}
        </p>
      )}
      {items.map(({ value, label, disabled }, number) => (
        <div
          key={value}
          id={`${id}-${first + number}`}
          role="option"
          tabIndex={-1}
          aria-selected={first + number === at}
          aria-disabled={disabled}
          ref={(element) => {
            if (first + number === at) element?.scrollIntoView({ block: "nearest" })
          }}
          onMouseDown={(event) => {
            event.preventDefault() // the field keeps the focus
            pick(first + number)
          }}
        >
          <bdi>{label}</bdi>
        </div>
      ))}
    </div>
  )
}
