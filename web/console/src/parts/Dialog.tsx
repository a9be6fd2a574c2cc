/** What opens over the page: a window, and the question with its two buttons. */

import { type FormEvent, type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef } from "react"
import { createPortal } from "react-dom"
import { say } from "../say"

interface WindowProps {
  readonly title: string
  readonly close: () => void
  readonly size?: "md" | "lg"
  readonly children: ReactNode
}

/** The browser's own dialog: it keeps the focus within, and gives it back to where it was. */
export function Window({ title, close, size = "md", children }: WindowProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    shown?.querySelector<HTMLElement>("[data-autofocus]")?.focus()
    return () => shown?.close() // before it leaves the document, or the focus is lost
  }, [])
  return createPortal(
    <dialog
      ref={dialog}
      className={`window ${size}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault() // who shows it lets it go
        close()
      }}
      onClose={close}
      onPointerDown={({ target, currentTarget }) => target === currentTarget && close()}
    >
      <div className="windowbox">
        <header className="row">
          <h2 id={id} className="grow">
            {title}
          </h2>
          <button type="button" className="btn quiet" aria-label={say("notice.close")} onClick={close}>
            ✕
          </button>
        </header>
        {children}
      </div>
    </dialog>,
    document.body,
  )
}

interface DialogProps extends WindowProps {
  /** What the button says that does it. */
  readonly act: ReactNode
  /** Null: not everything is said yet. */
  readonly doIt: (() => void) | null
}

/** Ctrl and Enter do it from any field. Closing it afterwards is for who asked. */
export function Dialog({ title, close, act, doIt, children }: DialogProps) {
  function submit(event: FormEvent): void {
    event.preventDefault()
    doIt?.()
  }
  function onKey(event: KeyboardEvent<HTMLFormElement>): void {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit()
  }
  return (
    <Window title={title} close={close}>
      <form className="dialog" onSubmit={submit} onKeyDown={onKey}>
        {children}
        <div className="row">
          <button type="button" className="btn quiet" onClick={close}>
            {say("cancel")}
          </button>
          <button type="submit" className="btn main" aria-disabled={doIt === null}>
            {act}
          </button>
        </div>
      </form>
    </Window>
  )
}
