/**
 * The real widget in a frame of its own, wearing a look that nobody has saved. It talks to nobody (see its `trial`),
 * and is to be looked at: opening it must not take the keys away from whoever writes beside it.
 */

import type { WidgetLook } from "@dryfly/words"
import { type RefObject, useEffect, useRef, useState } from "react"
import { say } from "./words"

interface TrialApi {
  open(): void
  close(): void
  look(look: WidgetLook): void
}
type FrameWindow = Window & { dryfly?: TrialApi }

const WAIT_MS = 50
const LOOK_EVERY_MS = 200
const PATIENCE_MS = 15_000

/** Scripts and styles come from our own files, as the content policy wants it; the widget adopts its sheets. */
function dress(frame: HTMLIFrameElement, language: string): void {
  const page = frame.contentDocument
  if (!page || page.querySelector("script")) return
  page.documentElement.lang = language
  const script = page.createElement("script")
  script.src = new URL("/widget.js", location.href).href
  script.dataset.site = "preview"
  script.dataset.preview = ""
  page.body.append(script)
}

/** The widget takes the keys when it opens; here they go back to where they were. */
function useOwnFocus(place: RefObject<HTMLIFrameElement | null>): void {
  useEffect(() => {
    let last: HTMLElement | null = null
    const onFocus = (event: FocusEvent) => {
      if (event.target instanceof HTMLElement && event.target !== place.current) last = event.target
    }
    const onBlur = () => {
      if (place.current === null || document.activeElement !== place.current) return
      place.current.blur()
      if (last?.isConnected) last.focus({ preventScroll: true })
      else window.focus()
    }
    const timer = setInterval(onBlur, LOOK_EVERY_MS) // a page that was just opened is told of no blur
    document.addEventListener("focusin", onFocus)
    addEventListener("blur", onBlur)
    return () => {
      clearInterval(timer)
      document.removeEventListener("focusin", onFocus)
      removeEventListener("blur", onBlur)
    }
  }, [place])
}

export function Preview({ look, isOpen, isPhone }: { look: WidgetLook; isOpen: boolean; isPhone: boolean }) {
  const place = useRef<HTMLIFrameElement>(null)
  const [isReady, setReady] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  const { language } = look
  useOwnFocus(place)
  useEffect(() => {
    const frame = place.current
    if (!frame) return
    setReady(false)
    dress(frame, language)
    const began = Date.now()
    const timer = setInterval(() => {
      const isThere = frame.contentDocument?.querySelector("dryfly-widget")
      if (isThere) setReady(true)
      else if (Date.now() - began > PATIENCE_MS) setFailed(true)
      else return
      clearInterval(timer)
    }, WAIT_MS)
    return () => clearInterval(timer)
  }, [language])
  useEffect(() => {
    if (isReady) (place.current?.contentWindow as FrameWindow | null)?.dryfly?.look(look)
  }, [look, isReady])
  useEffect(() => {
    const shown = (place.current?.contentWindow as FrameWindow | null)?.dryfly
    if (!isReady || !shown) return
    if (isOpen) shown.open()
    else shown.close()
  }, [isOpen, isReady])
  return (
    <div className="previewplace">
      {/* Another language is another frame: the widget chooses its words once. */}
      <iframe
        key={language}
        ref={place}
        className={isPhone ? "preview phone" : "preview"}
        title={say("look.preview")}
      />
      {hasFailed && <p className="wrong">{say("look.preview_failed")}</p>}
    </div>
  )
}
