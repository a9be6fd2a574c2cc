/** What the desk shows: the last fresh state, the open talks' pages, and every push after them. Pure. */

import { type Looking, lookedAt, mentionedIn, type Writing, written } from "./colleagues"
import { EMPTY_FLOOR, type FloorView, reduceFloor } from "./floor"
import type {
  ColleagueRequest,
  ColleaguesNow,
  CustomerPanel,
  DeskPush,
  DeskState,
  ErrorBody,
  Fact,
  Mention,
  Message,
  Named,
  Offer,
  OfferEnd,
  SetUpNow,
  Talk,
  TalkPage,
  ToDesk,
} from "./generated"
import { onDuty, pageWithSetUp, withSetUp } from "./house"
import {
  deliver,
  type Echo,
  type Local,
  place,
  put,
  putAll,
  receipted,
  refused,
  renamed,
  type Standing,
  settle,
} from "./messages"
import { withStory } from "./story"
import { unheard, whispersAfter } from "./whispers"

export const TYPING_MS = 6_000
const LAST_TEXT_MAX = 120
const LATER_MAX = 500
const REFUSALS_MAX = 20
const ECHOES_MAX = 400 // twice what may wait to be sent
/** Of one page: what lies before them is fetched again when somebody goes there. */
export const LINES_MAX = 10_000

type Change = DeskPush["push"]
interface Numbered {
  readonly seq: number
  readonly at: number
  readonly push: Change
}

/** One talk's words, as fetched, kept up by pushes. */
export interface Page {
  /** Null: not fetched yet. */
  readonly page: TalkPage | null
  /** To be fetched (again): what it shows may lack something. */
  readonly stale: boolean
  readonly fetching: boolean
  readonly error: ErrorBody | null
  /** Pushes that came while it was being fetched. */
  readonly later: readonly Numbered[]
  /** The customer's part of it is to be fetched again. */
  readonly panel_stale: boolean
}

/** A command that was refused, for a sentence on the screen. */
export interface Refusal {
  readonly id: string
  readonly error: ErrorBody
  readonly at: number
}

export interface DeskView {
  readonly standing: Standing
  readonly seq: number | null
  readonly gap: boolean
  readonly desk: DeskState | null
  readonly pages: Readonly<Record<string, Page>>
  /** What a supervisor who looks at the floor is shown. */
  readonly floor: FloorView
  /** By contact: until when the customer is shown as writing. */
  readonly typing: Readonly<Record<string, number>>
  readonly looking: Looking
  readonly writing: Writing
  /** Whispers to me in talks whose pages are not open. */
  readonly whispers: readonly Mention[]
  readonly echoes: readonly Echo[]
  readonly refusals: readonly Refusal[]
  /** Offers that went away without our doing, for a word about it. */
  readonly lapsed: readonly {
    readonly offer: Offer
    readonly end: OfferEnd
    readonly taken: boolean
    readonly at: number
  }[]
  readonly text_max: number
  readonly attachment_bytes_max: number
}

export const EMPTY_DESK: DeskView = {
  standing: { is: "connecting" },
  seq: null,
  gap: false,
  desk: null,
  pages: {},
  floor: EMPTY_FLOOR,
  typing: {},
  looking: {},
  writing: {},
  whispers: [],
  echoes: [],
  refusals: [],
  lapsed: [],
  text_max: 8_000,
  attachment_bytes_max: 8 * 1024 * 1024,
}

export type Fetched =
  | { readonly is: "page_wanted"; readonly contact: string }
  | { readonly is: "page"; readonly contact: string; readonly page: TalkPage }
  | { readonly is: "page_failed"; readonly contact: string; readonly error: ErrorBody }
  | { readonly is: "page_closed"; readonly contact: string }
  | { readonly is: "panel_wanted"; readonly contact: string }
  | { readonly is: "panel"; readonly contact: string; readonly panel: CustomerPanel | null }
  | {
      readonly is: "older"
      readonly contact: string
      readonly messages: readonly Message[]
      readonly more_before: boolean
    }
  | { readonly is: "heeded"; readonly id: string }

export type DeskFrame = ToDesk | Local | Fetched

export function reduceDesk(view: DeskView, frame: DeskFrame, now: number): DeskView {
  switch (frame.is) {
    case "welcome":
      return { ...view, text_max: frame.text_max, attachment_bytes_max: frame.attachment_bytes_max }
    case "state":
      return settled(freshened(view, frame.seq, frame.desk))
    case "push":
      return pushed(view, frame, now)
    case "typing":
      return { ...view, typing: { ...stillTyping(view, now), [frame.contact]: now + TYPING_MS } }
    case "colleagues":
      return watched(view, frame)
    case "colleague_typing":
      return { ...view, writing: written(view.writing, frame.contact, frame.colleague, now) }
    case "set_up":
      return setUp(view, frame)
    case "on_duty":
      return view.desk === null ? view : { ...view, desk: { ...view.desk, on_duty: onDuty(view.desk.on_duty, frame) } }
    case "board":
    case "today":
    case "alerts":
    case "floor_talks":
      return { ...view, floor: reduceFloor(view.floor, frame) }
    case "receipt":
      return settled({ ...view, echoes: receipted(view.echoes, frame.re, frame.seq) })
    case "refused":
      return refusedView(view, frame.re, frame.error, now)
    case "asked":
      return { ...view, echoes: [...view.echoes, frame.echo].slice(-ECHOES_MAX) }
    case "renamed":
      return { ...view, echoes: renamed(view.echoes, frame.from, frame.to) }
    case "dropped":
      return { ...view, echoes: view.echoes.filter((echo) => echo.id !== frame.id) }
    case "heeded":
      return {
        ...view,
        refusals: view.refusals.filter((refusal) => refusal.id !== frame.id),
        whispers: view.whispers.filter(({ note }) => note.id !== frame.id),
        lapsed: view.lapsed.filter((lapsed) => lapsed.offer.offer !== frame.id),
      }
    case "standing":
      return { ...view, standing: frame.standing }
    case "page_wanted":
    case "page":
    case "page_failed":
    case "page_closed":
    case "panel_wanted":
    case "panel":
    case "older":
      return paged(view, frame)
    default:
      return view
  }
}

/** Without a desk to put it on it is of no use: a fresh state is under way. */
function setUp(view: DeskView, frame: SetUpNow): DeskView {
  if (view.desk === null) return view
  const pages = Object.entries(view.pages).map(
    ([contact, known]) => [contact, { ...known, page: known.page && pageWithSetUp(known.page, frame) }] as const,
  )
  return { ...view, desk: withSetUp(view.desk, frame), pages: Object.fromEntries(pages) }
}

// ---- pushes ------------------------------------------------------------------------------------

function freshened(view: DeskView, seq: number, desk: DeskState): DeskView {
  const pages = Object.entries(view.pages).map(
    ([contact, page]) => [contact, { ...page, stale: true, error: null }] as const,
  )
  return { ...view, seq, gap: false, desk, pages: Object.fromEntries(pages) }
}

function pushed(view: DeskView, frame: DeskPush, now: number): DeskView {
  switch (place(view.seq, frame)) {
    case "seen":
      return view
    case "gap":
      return { ...view, gap: true }
    case "next":
      return settled({
        ...withPage(listed(withReturned(storied(view, frame.push), frame.push), frame, now), frame),
        whispers: whispered(view, frame.push),
        seq: frame.seq,
        gap: false,
      })
  }
}

function whispered({ desk, pages, whispers }: DeskView, push: Change): readonly Mention[] {
  const contact = contactOf(push)
  return desk ? whispersAfter(whispers, push, desk, contact !== null && contact in pages) : whispers
}

const storied = (view: DeskView, push: Change): DeskView => ({ ...view, pages: withStory(view, push) })

/** A talk that comes to this desk was not followed before: what its page shows may lack something. */
function withReturned(view: DeskView, push: Change): DeskView {
  if (push.kind !== "talk_changed") return view
  const { contact } = push.talk
  const known = view.pages[contact]
  if (!known || view.desk?.talks.some((talk) => talk.contact === contact)) return view
  return { ...view, pages: { ...view.pages, [contact]: { ...known, stale: true, error: null } } }
}

/** The desk's lists after a push. */
function listed(view: DeskView, frame: DeskPush, now: number): DeskView {
  const { push } = frame
  const desk = view.desk
  if (desk === null) return view
  switch (push.kind) {
    case "presence_set":
      return { ...view, desk: { ...desk, presence: push.presence } }
    case "talk_changed":
      return {
        ...view,
        desk: { ...desk, talks: putTalk(desk.talks, push.talk), requests: others(desk.requests, push.talk) },
      }
    case "talk_merged":
      return forgotten(
        {
          ...view,
          desk: { ...desk, talks: putTalk(desk.talks, push.talk), requests: others(desk.requests, push) },
        },
        push.contact,
      )
    case "talk_gone":
      return forgotten(view, push.contact)
    case "watched_changed":
      return { ...view, desk: { ...desk, offers: relined(desk.offers, push.talk.contact, () => push.talk) } }
    case "story_moved":
      return view
    case "mention_heeded":
      return { ...view, desk: { ...desk, mentions: desk.mentions.filter(({ note }) => note.id !== push.note) } }
    case "note_added":
      return { ...view, desk: { ...desk, mentions: mentionedIn(desk.mentions, push, desk.me.agent) } }
    case "request_shown":
      return { ...view, desk: { ...desk, requests: [...others(desk.requests, push.request), push.request] } }
    case "request_gone":
      return { ...view, desk: { ...desk, requests: others(desk.requests, push) } }
    case "offer_shown": {
      const offers = [...without(desk.offers, push.offer.offer), push.offer]
      return { ...view, desk: { ...desk, offers, talks: drawn(desk.talks, push.offer.talk) } }
    }
    case "offer_gone": {
      const gone = desk.offers.find((offer) => offer.offer === push.offer)
      const lapsed = gone && push.end !== "accepted" && push.end !== "declined"
      return {
        ...view,
        desk: { ...desk, offers: without(desk.offers, push.offer), talks: drawn(desk.talks, push.talk) },
        lapsed: lapsed
          ? [...view.lapsed.slice(-2), { offer: gone, end: push.end, taken: push.taken, at: now }]
          : view.lapsed,
      }
    }
    default: {
      const talks = desk.talks.map((talk) => (talk.contact === push.contact ? lined(talk, frame) : talk))
      const offers = relined(desk.offers, push.contact, (talk) => lined(talk, frame))
      return { ...quieted(view, push), desk: { ...desk, talks, offers } }
    }
  }
}

/** A talk has left this desk. An open page of it is fetched again, or refused: what it says may be somebody else's. */
function forgotten(view: DeskView, contact: string): DeskView {
  const talks = view.desk?.talks.filter((talk) => talk.contact !== contact) ?? []
  const desk = view.desk && { ...view.desk, talks }
  const known = view.pages[contact]
  if (!known) return { ...view, ...unattended(view, contact), desk }
  return { ...view, desk, pages: { ...view.pages, [contact]: { ...known, stale: true, error: null } } }
}

const but = <Value>(all: Readonly<Record<string, Value>>, contact: string): Readonly<Record<string, Value>> => {
  const { [contact]: _, ...others } = all
  return others
}

/** What goes on around a talk, without one that nobody here has before them. */
const unattended = ({ typing, looking, writing }: DeskView, contact: string) => ({
  typing: but(typing, contact),
  looking: but(looking, contact),
  writing: but(writing, contact),
})

/** From the frame's number on the talk is followed here; what its page had missed until then is fetched. */
function watched(view: DeskView, { contact, seq, colleagues }: ColleaguesNow): DeskView {
  const known = view.pages[contact]
  const isMine = view.desk?.talks.some((talk) => talk.contact === contact)
  const lacks = known?.page && !isMine && known.page.seq < seq
  const pages = lacks ? { ...view.pages, [contact]: { ...known, stale: true } } : view.pages
  return { ...view, pages, looking: lookedAt(view.looking, contact, colleagues) }
}

const stillTyping = ({ typing }: DeskView, now: number) =>
  Object.fromEntries(Object.entries(typing).filter(([, until]) => until > now))

function putTalk(talks: readonly Talk[], talk: Talk): readonly Talk[] {
  const isKnown = talks.some((known) => known.contact === talk.contact)
  return isKnown ? talks.map((known) => (known.contact === talk.contact ? talk : known)) : [...talks, talk]
}

/** A talk in which I take part is offered to me: its line comes with the offer. */
const drawn = (talks: readonly Talk[], talk: Talk | null): readonly Talk[] =>
  talk && talks.some(({ contact }) => contact === talk.contact) ? putTalk(talks, talk) : talks

/** What I am asked about other talks. Whose line I have, I am in: nobody asks me into it any more. */
const others = (requests: readonly ColleagueRequest[], { contact }: { readonly contact: string }) =>
  requests.filter((request) => request.contact !== contact)

const without = (offers: readonly Offer[], id: string) => offers.filter((offer) => offer.offer !== id)

/** Who reads a talk that is offered to them is told once of each event, as its reader. */
const relined = (offers: readonly Offer[], contact: string, line: (talk: Talk) => Talk): readonly Offer[] =>
  offers.map((offer) => (offer.talk.contact === contact ? { ...offer, talk: line(offer.talk) } : offer))

/** Who has spoken is not typing any more. */
function quieted(view: DeskView, push: Change): DeskView {
  if (push.kind !== "message_added" || !(push.contact in view.typing)) return view
  const { [push.contact]: _, ...typing } = view.typing
  return { ...view, typing }
}

/** A talk's line after a push about its words: the same fold as the server's (`conversations.talks`). */
function lined(talk: Talk, { push, at }: Numbered): Talk {
  switch (push.kind) {
    case "message_added":
      return { ...spoken(talk, push.message, at), ...stateOf(push) }
    case "facts_learned":
      return push.facts.reduce(learned, talk)
    default:
      return talk
  }
}

/** What the talk is with this message, as the server says it. */
const stateOf = ({
  channel,
  reply_due_at,
  reply_overdue,
  woken,
  answers_on,
}: Pick<Talk, "channel" | "reply_due_at" | "reply_overdue" | "woken" | "answers_on">) => ({
  channel,
  reply_due_at,
  reply_overdue,
  woken,
  answers_on,
})

function spoken(talk: Talk, message: Message, at: number): Talk {
  const last = { last_text: [...message.text].slice(0, LAST_TEXT_MAX).join(""), last_at: at }
  switch (message.author) {
    case "customer":
      return { ...talk, ...last, changed_at: at, unread_count: talk.unread_count + 1 }
    case "agent":
      return { ...talk, ...last, changed_at: at, unread_count: 0 }
    default:
      return { ...talk, last_at: at }
  }
}

function learned(talk: Talk, fact: Fact): Talk {
  if (fact.key === "name") return { ...talk, customer_name: fact.value }
  if (fact.key === "need") return { ...talk, need_title: fact.value }
  return talk
}

// ---- pages -------------------------------------------------------------------------------------

/** Refused, and so not to be shown any more. */
const NOT_MINE: ReadonlySet<string> = new Set(["talk_exists_not", "not_signed_in"])
const FAILED = { fetching: false, later: [] } as const
const UNREAD: Page = { page: null, stale: true, fetching: false, error: null, later: [], panel_stale: false }

/** Closed pages are put away; every other change of one page by what was fetched. What comes for a closed one is late. */
function paged(view: DeskView, frame: Exclude<Fetched, { is: "heeded" }>): DeskView {
  const { [frame.contact]: known = UNREAD, ...others } = view.pages
  if (frame.is === "page_closed") return closed({ ...view, pages: others }, frame.contact)
  if (frame.is !== "page_wanted" && !(frame.contact in view.pages)) return view
  const whispers = frame.is === "page_wanted" ? unheard(view.whispers, frame.contact) : view.whispers
  return settled({ ...view, whispers, pages: { ...others, [frame.contact]: fetched(known, frame) } })
}

function closed(view: DeskView, contact: string): DeskView {
  const isMine = view.desk?.talks.some((talk) => talk.contact === contact)
  return isMine ? view : { ...view, ...unattended(view, contact) }
}

function fetched(known: Page, frame: Exclude<Fetched, { is: "heeded" | "page_closed" }>): Page {
  switch (frame.is) {
    case "page_wanted":
      return { ...known, stale: false, fetching: true, error: null, later: [], panel_stale: false }
    case "page": {
      const stale = known.stale || known.later.length === LATER_MAX
      const { panel_stale } = known
      return {
        page: known.later.reduce(turned, frame.page),
        stale,
        fetching: false,
        error: null,
        later: [],
        panel_stale,
      }
    }
    case "panel_wanted":
      return { ...known, panel_stale: false }
    case "panel":
      return { ...known, page: known.page && { ...known.page, customer: frame.panel } }
    case "page_failed":
      return { ...known, page: NOT_MINE.has(frame.error.code) ? null : known.page, ...FAILED, error: frame.error }
    case "older": {
      if (known.page === null) return known
      const messages = putAll(frame.messages, known.page.messages)
      return { ...known, page: { ...known.page, messages, more_before: frame.more_before } }
    }
  }
}

function withPage(view: DeskView, frame: Numbered): DeskView {
  const contact = contactOf(frame.push)
  const known = contact === null ? undefined : view.pages[contact]
  if (contact === null || known === undefined) return view
  const page = known.page && turned(known.page, frame)
  const stale = known.stale || (page !== null && known.page !== null && !isSameUnion(page.talk, known.page.talk))
  const later = known.fetching ? [...known.later, frame].slice(-LATER_MAX) : known.later
  return { ...view, pages: { ...view.pages, [contact]: { ...known, page, later, stale } } }
}

/** Whether a talk's page has the words of the same contacts as before. */
const isSameUnion = (one: Talk, other: Talk): boolean =>
  one.merged.map(({ contact }) => contact).join() === other.merged.map(({ contact }) => contact).join()

function contactOf(push: Change): string | null {
  if ("talk" in push && push.kind !== "offer_gone") return push.talk.contact
  return "contact" in push ? push.contact : null
}

/** A page after a push. What the page had when it was fetched is not applied again. */
function turned(page: TalkPage, frame: Numbered): TalkPage {
  if (frame.seq <= page.seq) return page
  const talk = lined(page.talk, frame)
  const { push } = frame
  switch (push.kind) {
    case "talk_changed":
    case "watched_changed":
      return { ...page, seq: frame.seq, talk: push.talk, ...(push.told && newest(page, put(page.messages, push.told))) }
    case "talk_merged":
      return { ...page, seq: frame.seq, talk: push.talk }
    case "survey_taken":
      return { ...page, seq: frame.seq, survey: page.survey ?? push.survey }
    case "message_added":
      return { ...page, seq: frame.seq, talk, ...newest(page, put(page.messages, push.message)) }
    case "note_added":
      return { ...page, seq: frame.seq, notes: put(page.notes, push.note) }
    case "facts_learned":
      return { ...page, seq: frame.seq, talk, facts: push.facts.reduce(putFact, page.facts) }
    case "delivery_changed":
      return { ...page, seq: frame.seq, messages: deliver(page.messages, push.message, push.delivery) }
    default:
      return page
  }
}

/** A page that stays open all day keeps its newest lines. */
const newest = ({ more_before }: TalkPage, messages: readonly Message[]) => ({
  messages: messages.slice(-LINES_MAX),
  more_before: more_before || messages.length > LINES_MAX,
})

function putFact(facts: readonly Fact[], fact: Fact): readonly Fact[] {
  return [...facts.filter((known) => known.key !== fact.key), fact]
}

// ---- answers -----------------------------------------------------------------------------------

function refusedView(view: DeskView, id: string, error: ErrorBody, now: number): DeskView {
  if (view.echoes.some((echo) => echo.id === id)) return { ...view, echoes: refused(view.echoes, id, error) }
  return { ...view, refusals: [...view.refusals, { id, error, at: now }].slice(-REFUSALS_MAX) }
}

/** Echoes that the history has taken over go. Those that were refused stay until their author decides. */
function settled(view: DeskView): DeskView {
  const waiting = new Set(view.echoes.filter((echo) => echo.error === null).map((echo) => echo.contact))
  if (waiting.size === 0) return view
  const ids = new Set<string>()
  for (const contact of waiting) {
    const page = view.pages[contact]?.page
    for (const item of [...(page?.messages ?? []), ...(page?.notes ?? [])]) ids.add(item.id)
  }
  const echoes = settle(view.echoes, ids, view.seq)
  return echoes === view.echoes ? view : { ...view, echoes }
}

// ---- questions that screens ask ----------------------------------------------------------------

export const titleOf = (names: readonly Named[] | undefined, id: string | null): string =>
  names?.find((named) => named.id === id)?.title ?? id ?? ""

/** The line of a talk: from my list, from its page, or from the board. */
export function talkOf(view: DeskView, contact: string): Talk | null {
  const same = (talk: Talk) => talk.contact === contact
  return view.desk?.talks.find(same) ?? view.pages[contact]?.page?.talk ?? view.floor.list?.talks.find(same) ?? null
}
