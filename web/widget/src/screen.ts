/** What the panel's parts draw from: the talk, and the little that is only of this screen. */

import type { AttachmentRef, ErrorBody } from "@dryfly/words"
import type { WidgetView } from "@dryfly/words/widget"
import { Parts } from "./parts"
import { say } from "./say"
import type { Talk } from "./talk"

const TYPING_EVERY_MS = 3_000
const ASKED_WITHIN_MS = 24 * 3_600_000

export class Screen {
  isOpen = false
  /** The customer begins anew after a closed talk; the server hears of it with the first word. */
  isAgain = false
  text = ""
  files: readonly AttachmentRef[] = []
  uploading = ""
  error: ErrorBody | null = null
  /** 1..5, once one is chosen. */
  score = 0
  word = ""
  isRated = false
  isDragging = false
  isKeeping = false
  readonly parts: Parts
  #typedAt = 0

  constructor(
    readonly talk: Talk,
    readonly draw: () => void,
    readonly close: () => void,
  ) {
    this.parts = new Parts(draw)
  }

  get view(): WidgetView {
    const view = this.talk.store.state
    return this.isAgain ? { ...view, talk: { ...view.talk, stage: "none", messages: [] } } : view
  }

  /** What went wrong, in words: in few of them until the others are here. */
  sayError(error: ErrorBody): string {
    return this.parts.get("errors")?.sayError(error) ?? say("error.other")
  }

  get over(): number {
    return this.text.length - this.view.text_max
  }

  get isSendable(): boolean {
    return (this.text.trim() !== "" || this.files.length > 0) && this.over <= 0 && !this.uploading
  }

  write(text: string): void {
    this.text = text
    if (Date.now() - this.#typedAt > TYPING_EVERY_MS) {
      this.#typedAt = Date.now()
      this.talk.typing()
    }
    this.draw()
  }

  send(): void {
    if (!this.isSendable) return
    const { text, files } = this
    this.text = ""
    this.files = []
    this.error = null
    this.talk.say(text.trim(), files)
    this.draw()
  }

  async attach(files: FileList | null | undefined): Promise<void> {
    this.isDragging = false
    for (const file of files ?? []) {
      this.uploading = file.name
      this.error = null
      this.draw()
      try {
        const { attach } = await this.parts.need("files")
        this.files = [...this.files, await attach(this.talk, file)]
      } catch (error) {
        const { code = "upload_failed", text = "", values = {} } = error as ErrorBody
        this.error = { code, text, values }
      }
      this.uploading = ""
      this.draw()
    }
  }

  remove(id: string): void {
    this.files = this.files.filter((file) => file.id !== id)
    this.draw()
  }

  /** Is the question after the talk due? Not of a talk of long ago, nor of one in which nobody answered. */
  get isAsked(): boolean {
    const { talk, look } = this.view
    const isAnswered = talk.messages.some(({ author }) => author === "bot" || author === "agent")
    const isFresh = Date.now() - (talk.messages.at(-1)?.at ?? 0) < ASKED_WITHIN_MS
    return Boolean(look?.survey) && talk.stage === "closed" && !talk.is_rated && isAnswered && isFresh
  }

  choose(score: number): void {
    this.score = score
    this.draw()
  }

  rate(score: number | null): void {
    this.isRated = true
    this.talk.rate(score, score === null ? "" : this.word.trim())
    this.draw()
  }

  drag(isDragging: boolean): void {
    if (isDragging === this.isDragging) return
    this.isDragging = isDragging
    this.draw()
  }

  /** As a file at once; where it can be had by mail too, the reader chooses. */
  async save(): Promise<void> {
    try {
      const { save } = await this.parts.need("transcript")
      if (this.view.mails) this.isKeeping = !this.isKeeping
      else await save(this.talk)
      this.error = null
    } catch {
      this.error = { code: "other", text: "", values: {} }
    }
    this.draw()
  }

  begin(): void {
    this.isAgain = true
    this.isRated = this.isKeeping = false
    this.score = 0
    this.word = ""
    this.draw()
  }
}
