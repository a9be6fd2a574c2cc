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

/** Holds at once, for everybody; without an id it is neither counted nor remembered. */
const TRIED = { id: "", pages: "*", after_s: 0, scroll: 0, on_exit: false, share: 1 }

/** Scripts and styles come from our own files, as the content policy wants it; the widget adopts its sheets. */
function dress(frame: HTMLIFrameElement, language: string, invite: string): void {
  const page = frame.contentDocument
  if (!page || page.querySelector("script")) return
  page.documentElement.lang = language
  const script = page.createElement("script")
  script.src = new URL("/widget.js", location.href).href
  script.dataset.site = "preview"
  script.dataset.preview = invite && JSON.stringify([{ ...TRIED, text: invite }])
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

/** What an invitation asks is written into the real one as it is written here. */
function useInvitation(place: RefObject<HTMLIFrameElement | null>, invite: string): void {
  useEffect(() => {
    const box = place.current?.contentDocument?.querySelector("dryfly-widget")?.shadowRoot
    const text = box?.querySelector(".invite p")
    if (text) text.textContent = invite
  }, [place, invite])
}

interface PreviewProps {
  readonly look: WidgetLook
  readonly isOpen: boolean
  readonly isPhone: boolean
  /** What visitors are asked; empty: no invitation. */
  readonly invite?: string
}

export function Preview({ look, isOpen, isPhone, invite = "" }: PreviewProps) {
  const place = useRef<HTMLIFrameElement>(null)
  const [isReady, setReady] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  const { language } = look
  const asked = useRef(invite)
  asked.current = invite
  useOwnFocus(place)
  useInvitation(place, invite)
  useEffect(() => {
    const frame = place.current
    if (!frame) return
    setReady(false)
    dress(frame, language, asked.current)
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
