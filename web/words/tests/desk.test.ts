import { beforeEach, describe, expect, test } from "vitest"
import type { DeskPush, Offer, Talk, TalkPage } from "../src"
import { type DeskFrame, type DeskView, EMPTY_DESK, reduceDesk, talkOf, toFetch } from "../src/desk"
import { said } from "./server"

const talk = (contact: string, more: Partial<Talk> = {}): Talk => ({
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
  ...more,
})
const fetched = (talk: Talk): TalkPage => ({
  seq: 10,
  talk,
  messages: [],
  more_before: false,
  notes: [],
  facts: [],
  brief: null,
  customer: null,
  why: [],
  survey: null,
})
const offer: Offer = {
  offer: "O",
  talk: talk("K9"),
  made_at: 0,
  expires_at: 20,
  rule: "",
  values: {},
  auto_accept: false,
}

let view: DeskView
const see = (frame: DeskFrame) => {
  view = reduceDesk(view, frame, 1_000)
}
const push = (change: DeskPush["push"]) =>
  see({ is: "push", prev: view.seq ?? 0, seq: (view.seq ?? 0) + 1, at: 7, push: change })

const reads = (contact: string, line: Talk) => {
  see({ is: "page_wanted", contact })
  see({ is: "page", contact, page: fetched(line) })
}

beforeEach(() => {
  view = EMPTY_DESK
  const me = { person: "P", name: "", email: "", site: "", site_title: "", role: "agent", agent: "A" } as const
  const desk = {
    me,
    presence: { presence: "ready", reason: null, since: 0 },
    talks: [talk("K1"), talk("K2")],
    offers: [offer],
    requests: [],
    queues: [],
    agents: [],
    dispositions: [],
    presence_reasons: [],
    mentions: [],
    set_up: 1,
    on_duty: [],
  } as const
  see({ is: "state", seq: 10, desk })
})

describe("offers", () => {
  test("that lapse are told of; those that I answered are not", () => {
    push({ kind: "offer_gone", offer: "O", end: "missed", talk: null, taken: false })
    expect(view.desk?.offers).toEqual([])
    expect(view.lapsed.map((lapsed) => lapsed.end)).toEqual(["missed"])
    push({ kind: "offer_shown", offer })
    push({ kind: "offer_gone", offer: "O", end: "declined", talk: null, taken: false })
    expect(view.lapsed).toHaveLength(1)
  })
})

describe("whispers", () => {
  const note = { id: "N1", seq: 11, at: 7, text: "offer a refund", agent: null, author_name: "Sue", mentions: [] }
  const whisper = (contact: string, id = "N1") =>
    push({ kind: "note_added", contact, note: { ...note, id, whisper: true } })
  const shown = () => view.whispers.map(({ contact }) => contact)

  test("are shown until their talk is read, where another one is before the agent", () => {
    see({ is: "page_wanted", contact: "K2" })
    whisper("K1")
    whisper("K2", "N2")
    expect(shown()).toEqual(["K1"])
    see({ is: "page_wanted", contact: "K1" })
    expect(shown()).toEqual([])
  })

  test("are gone with the talk, and never of a talk that somebody else serves", () => {
    whisper("K1")
    push({ kind: "talk_changed", told: null, talk: talk("K3", { owner: "B" }) })
    whisper("K3", "N2")
    push({ kind: "note_added", contact: "K2", note: { ...note, id: "N3", whisper: false } })
    expect(shown()).toEqual(["K1"])
    push({ kind: "talk_gone", contact: "K1" })
    expect(shown()).toEqual([])
  })
})

describe("requests of colleagues", () => {
  const request = (contact: string) => ({
    contact,
    customer: null,
    customer_name: "",
    need_title: "",
    agent: "B",
    agent_name: "Bob",
    role: "consulted" as const,
    note: "",
    made_at: 0,
    expires_at: 9,
  })
  const shown = () => view.desk?.requests.map((asked) => asked.contact)

  test("come, and go when they lapse", () => {
    push({ kind: "request_shown", request: request("K7") })
    push({ kind: "request_shown", request: request("K8") })
    push({ kind: "request_gone", contact: "K7" })
    expect(shown()).toEqual(["K8"])
  })

  test("are answered by the talk itself, when it is on my desk", () => {
    push({ kind: "request_shown", request: request("K7") })
    push({ kind: "talk_changed", told: null, talk: talk("K7") })
    expect(shown()).toEqual([])
  })
})

test("an offer of a talk that I am in brings its line, and takes it along when it goes", () => {
  const held = { ...offer, offer: "P", talk: talk("K1", { state: "offered" }) }
  push({ kind: "offer_shown", offer: held })
  expect(talkOf(view, "K1")?.state).toBe("offered")
  push({ kind: "offer_gone", offer: "P", end: "missed", taken: false, talk: talk("K1", { state: "waiting" }) })
  expect(talkOf(view, "K1")?.state).toBe("waiting")
  expect(view.desk?.talks.map((line) => line.contact)).toEqual(["K1", "K2"])
})

describe("talks", () => {
  test("change in their place, come at the end, and go", () => {
    push({ kind: "talk_changed", told: null, talk: talk("K1", { held: true }) })
    push({ kind: "talk_changed", told: null, talk: talk("K3") })
    push({ kind: "talk_gone", contact: "K2" })
    expect(view.desk?.talks.map((line) => [line.contact, line.held])).toEqual([
      ["K1", true],
      ["K3", false],
    ])
  })

  test("are called as the newest fact says", () => {
    const fact = {
      key: "name",
      value: "Noah",
      origin: "customer",
      certainty: 2,
      at: 1,
      label: "",
      learned_by: null,
      message: null,
      valid_until: null,
    } as const
    push({ kind: "facts_learned", contact: "K1", facts: [fact] })
    expect(talkOf(view, "K1")?.customer_name).toBe("Noah")
  })

  test("that are merged are one line, and its page is fetched again", () => {
    push({ kind: "talk_changed", told: null, talk: talk("K2") })
    reads("K1", talk("K1"))
    const merged = [{ contact: "K2", channel: "web", opened_at: 1, merged_at: 20 }]
    push({ kind: "talk_merged", contact: "K2", talk: talk("K1", { merged }) })
    expect(view.desk?.talks.map(({ contact }) => contact)).toEqual(["K1"])
    expect(view.pages.K1).toMatchObject({ stale: true, page: { talk: { merged } } })
    reads("K1", talk("K1", { merged }))
    push({ kind: "talk_changed", told: null, talk: talk("K1", { merged }) })
    expect(view.pages.K1?.stale).toBe(false)
  })

  test("are answered where the customer wrote last", () => {
    push({
      kind: "message_added",
      contact: "K1",
      message: { ...said("M", 11, 1, "customer", "here"), via: "K2" },
      channel: "web",
      reply_due_at: null,
      reply_overdue: false,
      woken: false,
      answers_on: "K2",
    })
    expect(talkOf(view, "K1")?.answers_on).toBe("K2")
  })

  test("that came back from a snooze are seen to with the first word", () => {
    push({ kind: "talk_changed", told: null, talk: talk("K1", { woken: true, reply_due_at: 9_000 }) })
    push({
      kind: "message_added",
      contact: "K1",
      message: said("M", 11, 1, "agent", "here I am"),
      channel: "web",
      reply_due_at: null,
      reply_overdue: false,
      woken: false,
      answers_on: null,
    })
    expect(talkOf(view, "K1")).toMatchObject({ woken: false, reply_due_at: null })
  })

  test("show nobody as typing who has spoken", () => {
    see({ is: "typing", contact: "K1" })
    push({
      kind: "message_added",
      contact: "K1",
      message: said("M", 11, 1, "customer", "hi"),
      channel: "web",
      reply_due_at: null,
      reply_overdue: false,
      woken: false,
      answers_on: null,
    })
    expect(view.typing).toEqual({})
  })
})

test("a refused command becomes a notice; refused words stay before their author", () => {
  const error = { code: "offer_gone", text: "", values: {} }
  see({ is: "refused", re: "X", error })
  expect(view.refusals.map((refusal) => refusal.id)).toEqual(["X"])
  see({
    is: "asked",
    echo: { id: "Y", kind: "say", contact: "K1", text: "hi", attachments: [], at: 1, seq: null, error: null },
  })
  see({ is: "refused", re: "Y", error })
  expect(view.refusals).toHaveLength(1)
  expect(view.echoes[0]).toMatchObject({ text: "hi", error })
})

test("a fresh state makes the open pages ask anew, also one that had failed", () => {
  see({ is: "page_wanted", contact: "K1" })
  see({ is: "page_failed", contact: "K1", error: { code: "unreachable", text: "", values: {} } })
  see({ is: "state", seq: 20, desk: view.desk as NonNullable<DeskView["desk"]> })
  expect(view.pages.K1).toMatchObject({ stale: true, error: null })
})

describe("a page that cannot be fetched", () => {
  const unreachable = { code: "unreachable", text: "", values: {} }
  const fails = () => see({ is: "page_failed", contact: "K9", error: unreachable })
  const isBack = () => see({ is: "welcome", now: 0, resume: "", text_max: 1, attachment_bytes_max: 1 } as DeskFrame)
  const wanted = () => toFetch(view.pages).whole

  test("is asked for by nobody until the line is back, and then again, though nothing else was missed", () => {
    see({ is: "page_wanted", contact: "K9" })
    fails()
    expect(wanted()).toEqual([])
    isBack()
    expect(wanted()).toEqual(["K9"])
  })

  test("of a talk that was offered, taken, lapsed, offered again and taken again as the line broke", () => {
    see({ is: "page_wanted", contact: "K9" })
    fails()
    push({ kind: "offer_gone", offer: "O", end: "rescinded", taken: false, talk: null })
    push({ kind: "offer_shown", offer: { ...offer, offer: "P" } })
    push({ kind: "talk_changed", told: null, talk: talk("K9") })
    see({ is: "page_wanted", contact: "K9" })
    fails()
    expect(view.pages.K9?.error).toEqual(unreachable)
    isBack()
    expect(wanted()).toEqual(["K9"])
  })

  test("because the line broke is asked for again, also when that is known only after it is back", () => {
    see({ is: "page_wanted", contact: "K9" })
    isBack()
    expect(wanted()).toEqual([])
    fails()
    expect(wanted()).toEqual(["K9"])
  })

  test("yet, because the talk came to this desk only meanwhile, is asked for again", () => {
    see({ is: "page_wanted", contact: "K9" })
    push({ kind: "talk_changed", told: null, talk: talk("K9") })
    see({ is: "page_failed", contact: "K9", error: { ...unreachable, code: "talk_exists_not" } })
    expect(view.pages.K9?.error).toBeNull()
    expect(wanted()).toEqual(["K9"])
  })
})

test.each([
  [20, []],
  [19, ["K1"]],
])("a page that was read at %i while the state of 20 came is asked for again: %j", (seq, wanted) => {
  see({ is: "page_wanted", contact: "K1" })
  see({ is: "state", seq: 20, desk: view.desk as NonNullable<DeskView["desk"]> })
  see({ is: "page", contact: "K1", page: { ...fetched(talk("K1")), seq } })
  expect(toFetch(view.pages).whole).toEqual(wanted)
})

test("a talk that was away and comes back has its page fetched again, with what was said meanwhile", () => {
  see({ is: "page_wanted", contact: "K1" })
  see({ is: "page_failed", contact: "K1", error: { code: "talk_exists_not", text: "", values: {} } })
  push({ kind: "talk_changed", told: null, talk: talk("K1", { held: true }) })
  expect(view.pages.K1).toMatchObject({ stale: false })
  push({ kind: "talk_gone", contact: "K1" })
  push({ kind: "talk_changed", told: null, talk: talk("K1") })
  expect(view.pages.K1).toMatchObject({ stale: true, error: null })
})

test("a page that was put away stays away, whatever answers come for it", () => {
  see({ is: "page_wanted", contact: "K1" })
  see({ is: "page_closed", contact: "K1" })
  see({ is: "page", contact: "K1", page: fetched(talk("K1")) })
  see({ is: "page_failed", contact: "K1", error: { code: "unreachable", text: "", values: {} } })
  see({ is: "older", contact: "K1", messages: [], more_before: false })
  expect(view.pages).toEqual({})
})
