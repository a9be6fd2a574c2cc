/** Whatever the network does, a screen ends up as if it had been fetched afresh, and each command is done once. */

import fc from "fast-check"
import { expect, test } from "vitest"
import {
  Connection,
  type FromDesk,
  type FromWidget,
  type Message,
  type Note,
  Store,
  type Talk,
  type TalkPage,
} from "../src"
import { type DeskView, EMPTY_DESK, reduceDesk, toFetch } from "../src/desk"
import { EMPTY_WIDGET, MESSAGES_MAX, reduceWidget, type WidgetView, widgetEcho } from "../src/widget"
import { HandAround, type HandWire } from "./hand"
import { ModelServer, said } from "./server"

type Step =
  | { do: "say"; text: string }
  | { do: "hear"; text: string }
  | { do: "other" }
  | { do: "note"; of: string[] }
  | { do: "heed" }
  | { do: "cut" }
  | { do: "lose"; count: number }
  | { do: "twice" }
  | { do: "forget" }
  | { do: "wait"; ms: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("say" as const), text: fc.string({ minLength: 1, maxLength: 200 }) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("hear" as const), text: fc.string({ maxLength: 200 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("other" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("note" as const), of: fc.subarray(["A", "B"]) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("heed" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("cut" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("lose" as const), count: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("twice" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("forget" as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 30_000 }) }) },
)

/** A network that loses frames (and then the socket: TCP loses nothing in between) and says things twice. */
class BadNetwork {
  readonly around = new HandAround()
  lossAfter = Number.POSITIVE_INFINITY
  isTwice = false

  constructor(server: () => ModelServer) {
    this.around.opened = (wire) => {
      server().serve(wire)
      const { heard } = wire
      const tell = wire.tell.bind(wire)
      wire.heard = (frame) => void this.around.after(2, () => wire.closed || heard(frame))
      wire.tell = (frame) => this.carry(wire, tell, frame)
      this.around.after(5, () => wire.onopen?.())
    }
  }

  private carry(wire: HandWire, tell: (frame: object) => void, frame: object): void {
    this.lossAfter -= 1
    if (this.lossAfter < 0) {
      this.lossAfter = Number.POSITIVE_INFINITY
      this.around.after(0, () => wire.cut())
      wire.tell = () => {}
      return
    }
    tell(frame)
    if (this.isTwice) tell(frame)
    this.isTwice = false
  }

  do(step: Step): void {
    if (step.do === "cut") this.around.wire.cut()
    if (step.do === "lose") this.lossAfter = step.count
    if (step.do === "twice") this.isTwice = true
    if (step.do === "wait") this.around.pass(step.ms)
  }

  heal(): void {
    this.lossAfter = Number.POSITIVE_INFINITY
    this.around.pass(120_000)
  }
}

test("the widget after any trouble is as if freshly fetched, and says everything once", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const messages: Message[] = []
      const call = { state: "", at: null, attempts: 0 }
      let stage = { contact: "K", stage: "bot", agent_name: "", place: null as number | null, call }
      const talk = () => {
        const newest = messages.slice(-MESSAGES_MAX)
        const line = { wait: null, opens_at: null, is_rated: false, calls_back: false }
        return { ...stage, ...line, messages: newest, more_before: newest.length < messages.length }
      }
      const hear = (id: string, author: Message["author"], text: string) => {
        const message = said(id, server.seq + 1 + (server.seq % 3), network.around.time, author, text)
        messages.push(message)
        server.happen({ kind: "message_added", message })
      }
      const server: ModelServer = new ModelServer(
        () => network.around.time,
        () => ({ talk: talk() }),
        (command) => hear(command.id, "customer", command.text ?? ""),
      )
      const network = new BadNetwork(() => server)
      const store = new Store<WidgetView, never>(EMPTY_WIDGET, reduceWidget, network.around.now)
      const connection = new Connection<Extract<FromWidget, { id: string }>>(network.around, "ws://x", {
        hello: () => ({ do: "hello", since: store.state.seq }),
        hear: (frame) => {
          store.dispatch(frame as never)
          return !store.state.gap
        },
      })
      connection.start()
      const texts: string[] = []
      for (const step of steps) {
        network.do(step)
        if (step.do === "say") {
          texts.push(step.text)
          const id = connection.ask({ do: "say", text: step.text, attachments: [] })
          store.dispatch({ is: "asked", echo: widgetEcho(id, step.text, [], 0) } as never)
        }
        if (step.do === "hear") hear(`B${messages.length}`, "bot", step.text)
        if (step.do === "other") {
          stage = { ...stage, stage: "waiting", place: messages.length }
          const seq = server.seq + 1 + (server.seq % 3)
          const told = said(`told-${seq}`, seq, network.around.time, "system", "")
          messages.push(told)
          server.happen({ kind: "stage_changed", ...stage, told })
        }
        if (step.do === "forget") server.forget()
      }
      network.heal()
      expect(store.state.talk).toEqual(talk())
      expect(store.state.echoes).toEqual([])
      expect(messages.filter((message) => message.author === "customer").map((message) => message.text)).toEqual(texts)
    }),
    { numRuns: 300 },
  )
})

const NOTE = { at: 7, text: "look", agent: "B", author_name: "Bea", whisper: false }

const line = (contact: string): Talk => ({
  contact,
  channel: "web",
  state: "active",
  opened_at: 1,
  changed_at: 1,
  customer: null,
  customer_name: "",
  identity_level: 0,
  queue: "q",
  need: "",
  need_title: "",
  owner: "A",
  owner_name: "Maja",
  waiting_since: null,
  due_at: null,
  reply_due_at: null,
  reply_overdue: false,
  wrap_up_until: null,
  held: false,
  snoozed_until: null,
  woken: false,
  last_text: "",
  last_at: null,
  unread_count: 0,
  participants: [],
  asked: [],
  main: null,
  merged: [],
  answers_on: null,
  call: null,
})

/** As the browser says it of everything that was under way when the line broke. */
const FAILED = { is: "page_failed", contact: "K", error: { code: "unreachable", text: "", values: {} } }

test("the desk after any trouble is as if freshly fetched: lists, and the open talk's page", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 0, max: 3_000 }), (steps, fetchMs) => {
      const messages: Message[] = []
      let talk = line("K")
      let mentions: { contact: string; note: Note }[] = []
      const notes: Note[] = []
      const desk = () => ({
        me: { agent: "A" },
        presence: { presence: "ready", reason: null, since: 0 },
        talks: [talk],
        offers: [],
        requests: [],
        queues: [],
        agents: [],
        dispositions: [],
        presence_reasons: [],
        mentions,
      })
      const hear = (id: string, author: Message["author"], text: string) => {
        const at = network.around.time
        const message = said(id, server.seq + 1 + (server.seq % 3), at, author, text)
        messages.push(message)
        const isCustomer = author === "customer"
        talk = {
          ...talk,
          last_text: Array.from(text).slice(0, 120).join(""),
          last_at: at,
          changed_at: at,
          unread_count: isCustomer ? talk.unread_count + 1 : 0,
          reply_due_at: isCustomer ? at + 60_000 : null,
        }
        const { channel, reply_due_at, reply_overdue, woken, answers_on } = talk
        const told = { channel, reply_due_at, reply_overdue, woken, answers_on }
        server.happen({ kind: "message_added", contact: "K", message, ...told })
      }
      const server: ModelServer = new ModelServer(
        () => network.around.time,
        () => ({ desk: desk() }),
        (command) => hear(command.id, "agent", command.text ?? ""),
      )
      const network = new BadNetwork(() => server)
      const store = new Store<DeskView, never>(EMPTY_DESK, reduceDesk, network.around.now)
      const page = (): TalkPage => ({
        survey: null,
        seq: server.seq,
        talk,
        messages: [...messages],
        more_before: false,
        notes: [...notes],
        facts: [],
        brief: null,
        customer: null,
        why: [],
      })
      const fetchStale = () => {
        if (toFetch(store.state.pages).whole.length > 0) fetchPage()
      }
      const fetchPage = () => {
        const wire = network.around.wire
        store.dispatch({ is: "page_wanted", contact: "K" } as never)
        // The answer is made somewhere on the way, and arrives later: pushes overtake it on both sides.
        network.around.after(fetchMs / 2, () => {
          const answer = page()
          network.around.after(fetchMs / 2, () => {
            store.dispatch((wire.closed ? FAILED : { is: "page", contact: "K", page: answer }) as never)
            fetchStale()
          })
        })
      }
      const connection = new Connection<Extract<FromDesk, { id: string }>>(network.around, "ws://x", {
        hello: () => ({ do: "hello", since: store.state.seq }),
        hear: (frame) => {
          store.dispatch(frame as never)
          fetchStale()
          return !store.state.gap
        },
      })
      connection.start()
      fetchPage()
      for (const step of steps) {
        network.do(step)
        if (step.do === "say") {
          const id = connection.ask({ do: "say", contact: "K", text: step.text, attachments: [] })
          const echo = { ...widgetEcho(id, step.text, [], 0), contact: "K" }
          store.dispatch({ is: "asked", echo } as never)
        }
        if (step.do === "hear") hear(`C${messages.length}`, "customer", step.text)
        if (step.do === "other") {
          talk = { ...talk, held: !talk.held }
          const seq = server.seq + 1 + (server.seq % 3)
          const told = talk.held ? said(`told-${seq}`, seq, network.around.time, "system", "") : null
          if (told) messages.push(told)
          server.happen({ kind: "talk_changed", told, talk })
        }
        if (step.do === "note") {
          const note = { id: `N${notes.length}`, seq: server.seq + 1 + (server.seq % 3), ...NOTE, mentions: step.of }
          notes.push(note)
          if (step.of.includes("A")) mentions = [...mentions, { contact: "K", note }]
          server.happen({ kind: "note_added", contact: "K", note })
        }
        if (step.do === "heed" && mentions[0]) {
          const [{ note }] = mentions
          mentions = mentions.slice(1)
          server.happen({ kind: "mention_heeded", contact: "K", note: note.id })
        }
        if (step.do === "forget") server.forget()
      }
      network.heal()
      const known = store.state.pages.K?.page
      expect(store.state.desk).toEqual(desk())
      expect(known?.messages).toEqual(messages)
      expect(known?.talk).toEqual(talk)
      expect(known?.notes).toEqual(notes)
      expect(store.state.echoes).toEqual([])
    }),
    { numRuns: 300 },
  )
})
