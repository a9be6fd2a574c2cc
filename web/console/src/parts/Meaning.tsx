/** A name that tells what it means, on hover and on focus. */

import { type ReactNode, useCallback, useEffect, useId, useRef, useState } from "react"
import { definitions, type Measure } from "../definitions.en"
import { Floating } from "./Floating"

const DELAY_MS = 250

export function Meaning({ of, children }: { of: Measure; children: ReactNode }) {
  const name = useRef<HTMLSpanElement>(null)
  const id = useId()
  const [isPointed, setPointed] = useState(false)
  const [isShown, setShown] = useState(false)
  const close = useCallback(() => setShown(false), [])
  useEffect(() => {
    if (!isPointed) return
    const timer = setTimeout(() => setShown(true), DELAY_MS)
    return () => clearTimeout(timer)
  }, [isPointed])
  const point = (is: boolean) => () => {
    setPointed(is)
    if (!is) setShown(false)
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only tells more of itself */}
      <span
        ref={name}
        className="meaning"
        tabIndex={0}
        aria-describedby={isShown ? id : undefined}
        onPointerEnter={point(true)}
        onPointerLeave={point(false)}
        onFocus={() => setShown(true)}
        onBlur={close}
      >
        {children}
      </span>
      {isShown && (
        <Floating anchor={name} side="middle" close={close} id={id} role="tooltip" className="tip">
          {definitions[of]}
        </Floating>
      )}
    </>
  )
}
