/** A desk that stays open all day: eight hours at a hundred events a minute leave it as small as its open talks are. */

import { expect, test } from "vitest"
import type { DeskPush, DeskState, Message, Note, Talk, TalkPage } from "../src"
import { type DeskFrame, type DeskView, EMPTY_DESK, reduceDesk } from "../src/desk"
import { LINES_MAX } from "../src/pages"
import { said } from "./server"

const EVENTS = 8 * 60 * 100
const OPEN = 20 // talks at once
const TALK_LASTS = 400 // events

const talk = (contact: string): Talk =>
  ({
    contact,
    channel: "web",
    state: "active",
    owner: "A",
    last_text: "",
    unread_count: 0,
    participants: [],
    merged: [],
  }) as never
const page = (contact: string, seq: number): TalkPage =>
  ({ seq, talk: talk(contact), messages: [], notes: [], facts: [], why: [], brief: null, customer: null }) as never
const note = (seq: number): Note =>
  ({ id: `N${seq}`, seq, at: seq, text: "look", agent: "B", author_name: "B", mentions: ["A"] }) as never

/** Everything that can happen, told to one store, with pages opened and shut as an agent does. */
class Day {
  view: DeskView = EMPTY_DESK
  seq = 1
  private talks: string[] = []

  constructor() {
    const me = { person: "P", agent: "A" }
    const desk = {
      me,
      talks: [],
      offers: [],
      requests: [],
      mentions: [],
      queues: [],
      agents: [],
    } as unknown as DeskState
    this.see({ is: "state", seq: this.seq, desk })
  }

  see(frame: DeskFrame): void {
    this.view = reduceDesk(this.view, frame, this.seq * 600)
  }

  push(push: DeskPush["push"]): void {
    this.seq += 1
    this.see({ is: "push", prev: this.seq - 1, seq: this.seq, at: this.seq, push })
  }

  event(number: number): void {
    if (number % (TALK_LASTS / OPEN) === 0) this.serveAnother(`K${number}`)
    const contact = this.talks[number % this.talks.length] as string
    const message: Message = said(`M${number}`, this.seq + 1, number, number % 2 ? "customer" : "agent", "words")
    const state = { channel: "web", reply_due_at: null, reply_overdue: false, woken: false, answers_on: null }
    this.push({ kind: "message_added", contact, message, ...state })
    this.see({ is: "typing", contact })
    const colleague = { person: "Q", name: "Q" }
    this.see({ is: "colleagues", contact, seq: this.seq, colleagues: [colleague] })
    this.see({ is: "colleague_typing", contact, colleague })
    if (number % 7 === 0) this.push({ kind: "note_added", contact, note: note(this.seq + 1) })
    if (number % 5 === 0) this.see({ is: "refused", re: `R${number}`, error: { code: "x", text: "", values: {} } })
    if (number % 3 === 0) this.say(contact, `E${number}`, number)
  }

  /** What I say is echoed until the history has it; every hundredth is refused, and never looked at again. */
  private say(contact: string, id: string, number: number): void {
    const echo = { id, kind: "say", contact, text: "words", attachments: [], at: 1, seq: null, error: null } as const
    this.see({ is: "asked", echo })
    if (number % 100) this.see({ is: "receipt", re: id, seq: this.seq, at: 1 })
    else this.see({ is: "refused", re: id, error: { code: "x", text: "", values: {} } })
  }

  private serveAnother(contact: string): void {
    this.push({ kind: "talk_changed", told: null, talk: talk(contact) })
    this.see({ is: "page_wanted", contact })
    this.see({ is: "page", contact, page: page(contact, this.seq) })
    this.talks.push(contact)
    if (this.talks.length <= OPEN) return
    const gone = this.talks.shift() as string
    this.push({ kind: "talk_gone", contact: gone })
    this.see({ is: "page_closed", contact: gone })
  }
}

test("is bounded after 48,000 events", () => {
  const day = new Day()
  let early = 0
  for (let number = 0; number < EVENTS; number++) {
    day.event(number)
    if (number === EVENTS / 8) early = JSON.stringify(day.view).length
  }
  const { view } = day
  expect(view.desk?.talks).toHaveLength(OPEN)
  expect(Object.keys(view.pages)).toHaveLength(OPEN)
  for (const part of [view.typing, view.writing, view.looking])
    expect(Object.keys(part).length).toBeLessThanOrEqual(OPEN)
  expect(view.refusals.length).toBeLessThanOrEqual(20)
  expect(view.echoes.length).toBeLessThanOrEqual(400)
  expect(view.desk?.mentions.length).toBeLessThanOrEqual(50)
  expect(JSON.stringify(view).length).toBeLessThan(1.5 * early)
})

test("keeps the newest lines of one talk that goes on all day", () => {
  const day = new Day()
  day.push({ kind: "talk_changed", told: null, talk: talk("K") })
  day.see({ is: "page_wanted", contact: "K" })
  day.see({ is: "page", contact: "K", page: page("K", day.seq) })
  const state = { channel: "web", reply_due_at: null, reply_overdue: false, woken: false, answers_on: null }
  for (let number = 0; number < LINES_MAX + 50; number++) {
    const message = said(`M${number}`, day.seq + 1, number, "customer", "words")
    day.push({ kind: "message_added", contact: "K", message, ...state })
  }
  const known = day.view.pages.K?.page
  expect(known?.messages).toHaveLength(LINES_MAX)
  expect(known?.messages.at(-1)?.id).toBe(`M${LINES_MAX + 49}`)
  expect(known?.more_before).toBe(true)
})
