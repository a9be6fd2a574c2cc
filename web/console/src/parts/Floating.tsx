/** What lies over the page beside its anchor, in the browser's own top layer: nothing clips it. */

import { type ComponentProps, type RefObject, useEffect, useLayoutEffect, useRef } from "react"
import { place, type Side } from "./place"

interface FloatingProps extends ComponentProps<"div"> {
  readonly anchor: RefObject<HTMLElement | null>
  readonly side?: Side
  /** Asked for by Escape, by a press elsewhere, and when the focus goes elsewhere. */
  readonly close: () => void
  /** The focus goes to it, where it has a `tabIndex`, or to the first thing in it; and back to the anchor afterwards. */
  readonly takesFocus?: boolean
}

export function Floating({ anchor, side = "end", close, takesFocus = false, className = "", ...rest }: FloatingProps) {
  const box = useRef<HTMLDivElement>(null)
  useShown(box, anchor, side)
  useFocus(box, anchor, takesFocus)
  useDismissed(box, anchor, close)
  return <div ref={box} popover="manual" className={`floating ${className}`} {...rest} />
}

const FIRST = "button:enabled,input,select,a"

type Box = RefObject<HTMLElement | null>

function useShown(box: Box, anchor: Box, side: Side): void {
  useLayoutEffect(() => {
    const [shown, at] = [box.current, anchor.current]
    if (!shown || !at) return
    shown.showPopover()
    const again = () => place(shown, at, side)
    again()
    const watch = new ResizeObserver(again)
    watch.observe(shown)
    addEventListener("resize", again)
    addEventListener("scroll", again, true)
    return () => {
      watch.disconnect()
      removeEventListener("resize", again)
      removeEventListener("scroll", again, true)
    }
  }, [box, anchor, side])
}

function useFocus(box: Box, anchor: Box, takesFocus: boolean): void {
  useLayoutEffect(() => {
    const shown = box.current
    if (!takesFocus || !shown) return
    const first = shown.hasAttribute("tabindex") ? shown : shown.querySelector<HTMLElement>(FIRST)
    first?.focus()
    return () => {
      if (shown.contains(document.activeElement)) anchor.current?.focus()
    }
  }, [box, anchor, takesFocus])
}

function useDismissed(box: Box, anchor: Box, close: () => void): void {
  useEffect(() => {
    const isElsewhere = ({ target }: Event) =>
      !box.current?.contains(target as Node) && !anchor.current?.contains(target as Node)
    const leave = (event: Event) => isElsewhere(event) && close()
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return
      event.preventDefault() // a dialog below it stays
      event.stopPropagation()
      close()
    }
    addEventListener("pointerdown", leave, true)
    addEventListener("focusin", leave)
    addEventListener("keydown", onKey, true)
    return () => {
      removeEventListener("pointerdown", leave, true)
      removeEventListener("focusin", leave)
      removeEventListener("keydown", onKey, true)
    }
  }, [box, anchor, close])
}
