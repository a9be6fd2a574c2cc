/** Time, chance and sockets turned by hand. */

import type { Around, Wire } from "../src"

export class HandWire implements Wire {
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: (() => void) | null = null
  readonly sent: { do: string; id?: string; since?: number | null; text?: string }[] = []
  closed = false

  /** Called with each frame, at once: the server at the other end. */
  heard: (frame: { do: string; id?: string; since?: number | null; text?: string }) => void = () => {}

  send(text: string): void {
    if (this.closed) return
    const frame = JSON.parse(text)
    this.sent.push(frame)
    this.heard(frame)
  }

  close(): void {
    this.closed = true
  }

  tell(frame: object): void {
    if (!this.closed) this.onmessage?.({ data: JSON.stringify(frame) })
  }

  cut(): void {
    this.closed = true
    this.onclose?.()
  }
}

interface Due {
  readonly at: number
  readonly call: () => void
}

export class HandAround implements Around {
  time = 1_763_800_000_000
  readonly wires: HandWire[] = []
  opened: (wire: HandWire) => void = () => {}
  private timers: Due[] = []
  private chance = 1

  readonly now = () => this.time
  readonly random = () => {
    this.chance = (this.chance * 16807) % 2147483647
    return this.chance / 2147483647
  }

  readonly after = (ms: number, call: () => void) => {
    const due = { at: this.time + ms, call }
    this.timers.push(due)
    return () => {
      this.timers = this.timers.filter((other) => other !== due)
    }
  }

  readonly open = () => {
    const wire = new HandWire()
    this.wires.push(wire)
    this.opened(wire)
    return wire
  }

  get wire(): HandWire {
    return this.wires.at(-1)!
  }

  pass(ms: number): void {
    const until = this.time + ms
    for (;;) {
      const next = this.timers.filter((due) => due.at <= until).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.time = Math.max(this.time, next.at)
      this.timers = this.timers.filter((due) => due !== next)
      next.call()
    }
    this.time = until
  }
}
