/** A button with a list of things to do: by pointer, and by keys as menus have them everywhere. */

import {
  type ComponentProps,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useId,
  useRef,
  useState,
} from "react"
import { Floating } from "./Floating"
import type { Side } from "./place"
import { named, useTyped } from "./typed"

interface MenuProps {
  /** What the button shows. */
  readonly face: ReactNode
  readonly label?: string
  readonly title?: string
  readonly className?: string
  readonly side?: Side
  /** With both, whoever shows the menu says whether it is open. */
  readonly opened?: boolean
  readonly onChange?: (opened: boolean) => void
  readonly children: ReactNode
}

export function Menu({ face, label, title, className = "btn", side, opened, onChange, children }: MenuProps) {
  const [isOpenHere, setOpenHere] = useState(false)
  const [isOpen, change] = [opened ?? isOpenHere, onChange ?? setOpenHere]
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const shown = useRef(change)
  shown.current = change
  const close = useCallback(() => shown.current(false), [])
  return (
    <>
      <button
        ref={button}
        id={id}
        type="button"
        className={className}
        title={title}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => change(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return
          event.preventDefault()
          change(true)
        }}
      >
        {face}
      </button>
      {isOpen && (
        <Items button={button} labelledBy={id} side={side} close={close}>
          {children}
        </Items>
      )}
    </>
  )
}

interface ItemsProps {
  readonly button: RefObject<HTMLButtonElement | null>
  readonly labelledBy: string
  readonly side: Side | undefined
  readonly close: () => void
  readonly children: ReactNode
}

function Items({ button, labelledBy, side, close, children }: ItemsProps) {
  const typed = useTyped()
  function onKey(event: KeyboardEvent): void {
    if (event.key === "Tab") close()
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=menuitem]:enabled")]
    const at = items.indexOf(document.activeElement as HTMLElement)
    const to = stepped(event.key, at) ?? named(items, at, typed(event))
    if (to === null) return
    event.preventDefault()
    items.at(to % items.length)?.focus()
  }
  return (
    <Floating
      anchor={button}
      side={side}
      close={close}
      takesFocus
      role="menu"
      aria-labelledby={labelledBy}
      className="menu"
      onKeyDown={onKey}
      onClick={close}
    >
      {children}
    </Floating>
  )
}

const stepped = (key: string, at: number): number | null =>
  ({ ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 })[key] ?? null

interface MenuItemProps extends ComponentProps<"button"> {
  /** At the line's end: the key that does it too, or a time. */
  readonly aside?: ReactNode
}

export function MenuItem({ aside, children, ...button }: MenuItemProps) {
  return (
    <button type="button" role="menuitem" tabIndex={-1} {...button}>
      <span className="grow">{children}</span>
      {aside}
    </button>
  )
}
