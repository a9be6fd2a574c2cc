/** A question to a supervisor: done and away. What the server refuses is told as a notice. */

import type { ReactNode } from "react"
import { Dialog } from "../parts/Dialog"

interface AskingProps {
  readonly title: string
  readonly act: string
  readonly doIt: (() => void) | null
  readonly close: () => void
  readonly children: ReactNode
}

export function Asking({ doIt, close, ...asked }: AskingProps) {
  const doAndClose = () => {
    doIt?.()
    close()
  }
  return <Dialog {...asked} close={close} doIt={doIt && doAndClose} />
}
