/** Taking a message back: it goes to where it was written, so that it can be changed and sent again. */

import { createContext, useContext } from "react"

/** Takes back the newest held message of the open talk, or the one named. False: there is none. */
export type Undo = (id?: string) => boolean

/** The composer of the open talk says how; without one, nothing is held. */
export const UndoContext = createContext<{ current: Undo }>({ current: () => false })

export const useUndo = (): Undo => {
  const undo = useContext(UndoContext)
  return (id) => undo.current(id)
}
