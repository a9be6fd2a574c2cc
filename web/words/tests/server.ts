/** A model of the server: one journal, pushes with (prev, seq), receipts by id. Both screens are tested against it. */

import type { Message } from "../src"
import type { HandWire } from "./hand"

export interface Told {
  readonly seq: number
  readonly at: number
  readonly push: object
}

/** One side's stream: what happened, who follows, and what a fresh state would say. */
export class ModelServer {
  seq = 100
  readonly journal: Told[] = []
  readonly done = new Map<string, number>()
  private forgotten = 0
  private readonly followers = new Map<HandWire, number>()

  constructor(
    readonly now: () => number,
    readonly fresh: () => object,
    readonly obey: (command: { do: string; id: string; text?: string }) => void,
  ) {}

  serve(wire: HandWire): void {
    wire.heard = (frame) => {
      if (frame.do === "hello") this.hello(wire, frame.since ?? null)
      else if (frame.do === "ping") wire.tell({ is: "pong", now: this.now() })
      else if (frame.id) this.receive(wire, frame as { do: string; id: string })
    }
  }

  private hello(wire: HandWire, since: number | null): void {
    wire.tell({
      is: "welcome",
      now: this.now(),
      resume: "r",
      text_max: 8000,
      attachment_bytes_max: 1,
      look: { title: "t" },
    })
    const isKept = since !== null && this.forgotten <= since
    this.followers.set(wire, isKept ? since : this.seq)
    if (isKept) for (const told of this.journal.filter((told) => told.seq > since)) this.push(wire, told)
    else wire.tell({ is: "state", seq: this.seq, ...this.fresh() })
  }

  private receive(wire: HandWire, command: { do: string; id: string }): void {
    if (!this.done.has(command.id)) {
      this.obey(command)
      this.done.set(command.id, this.seq)
    }
    wire.tell({ is: "receipt", re: command.id, seq: this.done.get(command.id), at: this.now() })
  }

  happen(push: object): void {
    this.seq += 1 + (this.seq % 3)
    const told = { seq: this.seq, at: this.now(), push }
    this.journal.push(told)
    for (const wire of this.followers.keys()) this.push(wire, told)
  }

  private push(wire: HandWire, told: Told): void {
    const prev = this.followers.get(wire)
    if (prev === undefined || told.seq <= prev) return
    this.followers.set(wire, told.seq)
    wire.tell({ is: "push", prev, ...told })
  }

  /** The server forgot what it told: the next hello gets a fresh state. */
  forget(): void {
    this.journal.length = 0
    this.forgotten = this.seq
  }
}

export function said(id: string, seq: number, at: number, author: Message["author"], text: string): Message {
  return {
    id,
    seq,
    at,
    author,
    text,
    agent: null,
    author_name: "",
    code: "",
    values: {},
    attachments: [],
    choices: [],
    sources: [],
    delivery: "recorded",
    via: null,
  }
}
