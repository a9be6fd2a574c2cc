/** What the desk shows: the last fresh state, the open talks' pages, and every push after them. Pure. */

import { type Looking, lookedAt, mentionedIn, type Writing, written } from "./colleagues"
import { EMPTY_FLOOR, type FloorView, reduceFloor } from "./floor"
import type {
  ColleagueRequest,
  ColleaguesNow,
  DeskPush,
  DeskState,
  ErrorBody,
  Mention,
  Named,
  Offer,
  OfferEnd,
  SetUpNow,
  Talk,
  ToDesk,
} from "./generated"
import { onDuty, withSetUp } from "./house"
import { type Change, contactOf, lined } from "./lines"
import { type Echo, type Local, place, receipted, refused, renamed, type Standing, settle } from "./messages"
import {
  type Fetched,
  mapped,
  type Pages,
  pagesWithSetUp,
  staledAt,
  withFetched,
  withRetried,
  withStale,
  withTurned,
} from "./pages"
import { withStory } from "./story"
import { unheard, whispersAfter } from "./whispers"

export const TYPING_MS = 6_000
const REFUSALS_MAX = 20
const ECHOES_MAX = 400 // twice what may wait to be sent

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
  readonly pages: Pages
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

/** What a screen does with what it was told. */
type Done = { readonly is: "page_closed"; readonly contact: string } | { readonly is: "heeded"; readonly id: string }

export type DeskFrame = ToDesk | Local | Fetched | Done

export function reduceDesk(view: DeskView, frame: DeskFrame, now: number): DeskView {
  switch (frame.is) {
    case "welcome":
      return welcomed(view, frame)
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
    case "page_closed":
      return closed(view, frame.contact)
    case "page_wanted":
    case "page":
    case "page_failed":
    case "panel_wanted":
    case "panel":
    case "panel_failed":
    case "older":
      return fetched(view, frame)
    default:
      return view
  }
}

const welcomed = (view: DeskView, { text_max, attachment_bytes_max }: ToDesk & { is: "welcome" }): DeskView => ({
  ...view,
  pages: withRetried(view.pages),
  text_max,
  attachment_bytes_max,
})

/** Without a desk to put it on it is of no use: a fresh state is under way. */
const setUp = (view: DeskView, frame: SetUpNow): DeskView =>
  view.desk === null ? view : { ...view, desk: withSetUp(view.desk, frame), pages: pagesWithSetUp(view.pages, frame) }

// ---- pushes ------------------------------------------------------------------------------------

const freshened = (view: DeskView, seq: number, desk: DeskState): DeskView => ({
  ...view,
  seq,
  gap: false,
  desk,
  pages: mapped(view.pages, staledAt(seq)),
})

function pushed(view: DeskView, frame: DeskPush, now: number): DeskView {
  switch (place(view.seq, frame)) {
    case "seen":
      return view
    case "gap":
      return { ...view, gap: true }
    case "next":
      return settled({
        ...turned(listed(withReturned(storied(view, frame.push), frame.push), frame, now), frame),
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

const turned = (view: DeskView, frame: DeskPush): DeskView => ({ ...view, pages: withTurned(view.pages, frame) })
const storied = (view: DeskView, push: Change): DeskView => ({ ...view, pages: withStory(view, push) })

/** A talk that comes to this desk was not followed before: what its page shows may lack something. */
function withReturned(view: DeskView, push: Change): DeskView {
  if (push.kind !== "talk_changed") return view
  const { contact } = push.talk
  const isKnown = view.desk?.talks.some((talk) => talk.contact === contact)
  return isKnown ? view : { ...view, pages: withStale(view.pages, contact) }
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
  if (!(contact in view.pages)) return { ...view, ...unattended(view, contact), desk }
  return { ...view, desk, pages: withStale(view.pages, contact) }
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
  const pages = lacks ? withStale(view.pages, contact) : view.pages
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

// ---- pages -------------------------------------------------------------------------------------

function fetched(view: DeskView, frame: Fetched): DeskView {
  const whispers = frame.is === "page_wanted" ? unheard(view.whispers, frame.contact) : view.whispers
  return settled({ ...view, whispers, pages: withFetched(view.pages, frame) })
}

/** Closed pages are put away. */
function closed(view: DeskView, contact: string): DeskView {
  const pages = but(view.pages, contact)
  const isMine = view.desk?.talks.some((talk) => talk.contact === contact)
  return { ...view, ...(isMine ? {} : unattended(view, contact)), pages }
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

export { type Page, toFetch } from "./pages"

export const titleOf = (names: readonly Named[] | undefined, id: string | null): string =>
  names?.find((named) => named.id === id)?.title ?? id ?? ""

/** The line of a talk: from my list, from its page, or from the board. */
export function talkOf(view: DeskView, contact: string): Talk | null {
  const same = (talk: Talk) => talk.contact === contact
  return view.desk?.talks.find(same) ?? view.pages[contact]?.page?.talk ?? view.floor.list?.talks.find(same) ?? null
}
