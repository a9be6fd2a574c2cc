/** Nobody at the other end: a talk to look at while a site's look is being tried. Nothing leaves the browser. */

import type { Message, Wire } from "@dryfly/words"

const now = Date.now()

function message(id: string, author: string, text: string, more: object = {}): Message {
  const said = { id, seq: 1, at: now, author, text, agent: null, author_name: "", code: "", values: {} }
  return { ...said, attachments: [], choices: [], sources: [], delivery: "read", ...more } as unknown as Message
}

const TALK = {
  contact: "trial",
  stage: "bot",
  agent_name: "",
  place: null,
  messages: [
    message("1", "customer", "Where is my parcel?", { seq: 1 }),
    message("2", "bot", "It left our warehouse this morning, and should be with you tomorrow.", {
      seq: 2,
      choices: [{ label: "Thank you", say: "Thank you" }],
    }),
  ],
  more_before: false,
  wait: null,
  opens_at: null,
  is_rated: true,
}

export function open(): Wire {
  const wire: Wire = {
    send: (text) => queueMicrotask(() => take(text)),
    close: () => {},
    onopen: null,
    onmessage: null,
    onclose: null,
  }
  let seq = 2
  const tell = (frame: object) => wire.onmessage?.({ data: JSON.stringify(frame) })

  function take(text: string): void {
    const frame = JSON.parse(text)
    if (frame.do === "hello") welcome()
    else if (frame.do === "ping") tell({ is: "pong", now: Date.now() })
    else if (frame.do === "say") say(frame)
    else if (frame.id) tell({ is: "receipt", re: frame.id, seq, at: Date.now() })
  }

  function welcome(): void {
    const hours = { is_open: true, opens_at: null, text: "" }
    const limits = { text_max: 8_000, attachment_bytes_max: 8 * 1024 * 1024 }
    tell({ is: "welcome", resume: "trial", now: Date.now(), look: {}, hours, ...limits })
    tell({ is: "state", seq, talk: TALK })
  }

  function say({ id, text }: { id: string; text: string }): void {
    const push = { kind: "message_added", message: message(id, "customer", text, { seq: seq + 1 }) }
    tell({ is: "push", prev: seq, seq: ++seq, at: Date.now(), push })
    tell({ is: "receipt", re: id, seq, at: Date.now() })
  }

  queueMicrotask(() => wire.onopen?.())
  return wire
}
