/** What came while the panel was shut or the page out of sight; the other side is told what was seen. */

import type { Talk } from "./talk"

export class Unread {
  #seen: number | null = null

  constructor(
    readonly talk: Talk,
    readonly show: (count: number) => void,
  ) {}

  count(isSeen: boolean): void {
    const { talk, seq } = this.talk.store.state
    if (seq === null) return
    const theirs = talk.messages.filter((message) => message.author === "agent" || message.author === "bot")
    const last = theirs.at(-1)
    const seen = this.#seen ?? theirs.filter((message) => message.delivery === "read").at(-1)?.seq ?? 0
    this.#seen = isSeen && last ? last.seq : seen
    if (last && this.#seen > seen) this.talk.seen(last.id)
    this.show(theirs.filter((message) => message.seq > (this.#seen ?? 0)).length)
  }
}
