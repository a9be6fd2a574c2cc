/** What launcher and panel agree on. */

export interface PanelOptions {
  readonly site: string
  login: string
  readonly accent: string
  /** Where the widget came from: its socket is there too. */
  readonly host: URL
  readonly root: ShadowRoot
  readonly setUnread: (count: number) => void
  readonly closed: () => void
}

export interface Panel {
  open(): void
  close(): void
  login(token: string): void
}

export interface PanelModule {
  mount(options: PanelOptions): Panel
}

export const keyOf = (site: string, name: string): string => `dryfly:${site}:${name}`
