/** Messages that can be taken back: each waits a few seconds before it leaves, while the customer sees somebody write. */

import type { AttachmentRef, Echo } from "@dryfly/words"
import { addHeld, dropHeld } from "./drafts"

const TYPING_EVERY_MS = 3_000

export interface Outgoing {
  readonly contact: string
  readonly text: string
  readonly files: readonly AttachmentRef[]
}

interface Around {
  show(echo: Echo): void
  hide(id: string): void
  send(outgoing: Outgoing): void
  typing(contact: string): void
}

interface Waiting extends Outgoing {
  readonly id: string
  readonly cancel: () => void
}

export class HeldBack {
  #waiting: readonly Waiting[] = []
  #count = 0
  readonly #around: Around

  constructor(around: Around) {
    this.#around = around
  }

  /** Kept on this machine before anything else, so that closing the page loses nothing. */
  hold(outgoing: Outgoing, ms: number): void {
    const { contact, text, files } = outgoing
    const id = `held-${this.#count++}`
    const at = Date.now()
    addHeld(contact, { id, at, text, files })
    const timer = setTimeout(() => this.#leave(id), ms)
    const typing = setInterval(() => this.#around.typing(contact), TYPING_EVERY_MS)
    const cancel = () => {
      clearTimeout(timer)
      clearInterval(typing)
    }
    this.#around.typing(contact)
    this.#waiting = [...this.#waiting, { ...outgoing, id, cancel }]
    const echo = { id, kind: "say", contact, text, attachments: files, at, seq: null, error: null } as const
    this.#around.show({ ...echo, held_until: at + ms })
  }

  /** Takes the newest one of this talk back, or the one named. */
  undo(contact: string, id?: string): Outgoing | null {
    const back = this.#waiting.findLast((one) => one.contact === contact && (id === undefined || one.id === id))
    if (!back) return null
    this.#drop(back)
    return back
  }

  /** What is held in this talk leaves now: something is done that must come after it. */
  release(contact: string): void {
    for (const { id } of this.#waiting.filter((one) => one.contact === contact)) this.#leave(id)
  }

  /** In the order in which they were written: none overtakes another. */
  #leave(id: string): void {
    const due = this.#waiting.find((one) => one.id === id)
    if (!due) return
    for (const one of this.#waiting.filter((one) => one.contact === due.contact)) {
      this.#around.send(one)
      this.#drop(one)
      if (one === due) return
    }
  }

  #drop(one: Waiting): void {
    one.cancel()
    this.#waiting = this.#waiting.filter((other) => other !== one)
    this.#around.hide(one.id)
    dropHeld(one.contact, one.id)
  }

  /** The page goes: what is held stays kept, for the next one. */
  stop(): void {
    for (const one of this.#waiting) one.cancel()
    this.#waiting = []
  }
}
