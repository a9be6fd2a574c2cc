/** What the panel's parts draw from: the talk, and the little that is only of this screen. */

import type { AttachmentRef, ErrorBody } from "@dryfly/words"
import type { WidgetView } from "@dryfly/words/widget"
import type { Talk } from "./talk"

const TYPING_EVERY_MS = 3_000

export class Screen {
  isOpen = false
  /** The customer begins anew after a closed talk; the server hears of it with the first word. */
  isAgain = false
  text = ""
  files: readonly AttachmentRef[] = []
  uploading = ""
  error: ErrorBody | null = null
  #typedAt = 0

  constructor(
    readonly talk: Talk,
    readonly draw: () => void,
    readonly close: () => void,
  ) {}

  get view(): WidgetView {
    const view = this.talk.store.state
    return this.isAgain ? { ...view, talk: { ...view.talk, stage: "none", messages: [] } } : view
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

  async attach(files: FileList | null): Promise<void> {
    for (const file of files ?? []) {
      this.uploading = file.name
      this.error = null
      this.draw()
      try {
        this.files = [...this.files, await this.talk.attach(file)]
      } catch (error) {
        this.error = error as ErrorBody
      }
      this.uploading = ""
      this.draw()
    }
  }

  remove(id: string): void {
    this.files = this.files.filter((file) => file.id !== id)
    this.draw()
  }

  begin(): void {
    this.isAgain = true
    this.draw()
  }
}
