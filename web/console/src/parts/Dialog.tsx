/** What opens over the page: a window, and the question with its two buttons. */

import "@mantine/core/styles/CloseButton.css"
import "@mantine/core/styles/ModalBase.css"
import "@mantine/core/styles/Modal.css"
import "@mantine/core/styles/Overlay.css"
import "@mantine/core/styles/Paper.css"
import { Modal } from "@mantine/core"
import type { FormEvent, KeyboardEvent, ReactNode } from "react"
import { say } from "../say"

interface WindowProps {
  readonly title: string
  readonly close: () => void
  readonly size?: "md" | "lg"
  readonly children: ReactNode
}

export function Window({ title, close, size = "md", children }: WindowProps) {
  return (
    <Modal
      opened
      onClose={close}
      title={title}
      size={size}
      lockScroll={false}
      closeButtonProps={{ "aria-label": say("notice.close") }}
      centered
    >
      {children}
    </Modal>
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
