/** What launcher and panel agree on. */

import type { LookPage, Wire } from "@dryfly/words"
import type { Words } from "./messages.en"

export type Look = LookPage["look"]

/** A signed token, or a way to get a fresh one whenever it is needed. */
export type Login = string | (() => string | Promise<string>)

export interface PanelOptions {
  readonly site: string
  login: Login
  /** What the page says of the look; it stands before the site's. */
  readonly own: Partial<Look>
  /** Where the widget came from: its socket is there too. */
  readonly host: URL
  readonly root: ShadowRoot
  readonly language: string
  readonly words: Words
  /** Nothing is real: a look is being tried, and nobody is at the other end. */
  readonly trial: ((url: string) => Wire) | null
  readonly setUnread: (count: number) => void
  readonly closed: () => void
  /** The first word was said. */
  readonly began: () => void
}

export interface Panel {
  open(): void
  close(): void
  login(login: Login): void
  show(look: Look): void
}

export interface PanelModule {
  mount(options: PanelOptions): Panel
}

export const keyOf = (site: string, name: string): string => `dryfly:${site}:${name}`
