/** Nobody at the other end: a talk to look at while a site's look is being tried. Nothing leaves the browser. */

import type { Message, TalkState, ToWidget, WidgetWelcome, Wire } from "@dryfly/words"

/** The look is the page's own: the one that is being tried. */
type Welcome = Omit<WidgetWelcome, "look"> & { look: Record<string, never> }

const now = Date.now()

function message(
  id: string,
  author: Message["author"],
  text: string,
  seq: number,
  choices: Message["choices"] = [],
): Message {
  return {
    id,
    seq,
    at: now,
    author,
    text,
    agent: null,
    author_name: "",
    code: "",
    values: {},
    attachments: [],
    choices,
    sources: [],
    delivery: "read",
    via: null,
  }
}

const TALK: TalkState = {
  contact: "trial",
  stage: "bot",
  agent_name: "",
  place: null,
  messages: [
    message("1", "customer", "Where is my parcel?", 1),
    message("2", "bot", "It left our warehouse this morning, and should be with you tomorrow.", 2, [
      { label: "Thank you", say: "Thank you" },
    ]),
  ],
  more_before: false,
  wait: null,
  opens_at: null,
  is_rated: true,
  call: { state: "", at: null, attempts: 0 },
  calls_back: false,
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
  const tell = (frame: ToWidget | Welcome) => wire.onmessage?.({ data: JSON.stringify(frame) })

  function take(text: string): void {
    const frame = JSON.parse(text)
    if (frame.do === "hello") welcome()
    else if (frame.do === "ping") tell({ is: "pong", now: Date.now() })
    else if (frame.do === "say") say(frame)
    else if (frame.id) tell({ is: "receipt", re: frame.id, seq, at: Date.now() })
  }

  function welcome(): void {
    const hours = { is: "hours", is_open: true, opens_at: null, text: "" } as const
    const limits = { text_max: 8_000, attachment_bytes_max: 8 * 1024 * 1024, mails: false }
    tell({ is: "welcome", resume: "trial", now: Date.now(), look: {}, hours, ...limits })
    tell({ is: "state", seq, talk: TALK })
  }

  function say({ id, text }: { id: string; text: string }): void {
    const push = { kind: "message_added" as const, message: message(id, "customer", text, seq + 1) }
    tell({ is: "push", prev: seq, seq: ++seq, at: Date.now(), push })
    tell({ is: "receipt", re: id, seq, at: Date.now() })
  }

  queueMicrotask(() => wire.onopen?.())
  return wire
}
