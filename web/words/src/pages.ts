/**
 * The pages of talks that are open: fetched, kept up by pushes, and fetched again where they may lack something. Pure.
 *
 * A page is stale from when it may lack something until it is asked for. What goes stale while it is being fetched, or
 * cannot be fetched because the line is cut, is asked for once more: nobody has to see to it.
 */

import type { CustomerPanel, ErrorBody, Fact, Message, SetUpNow, Talk, TalkPage } from "./generated"
import { pageWithSetUp } from "./house"
import { contactOf, lined, type Numbered } from "./lines"
import { deliver, put, putAll } from "./messages"

const LATER_MAX = 500
/** Of one page: what lies before them is fetched again when somebody goes there. */
export const LINES_MAX = 10_000

/** One talk's words, as fetched, kept up by pushes. */
export interface Page {
  /** Null: not fetched yet. */
  readonly page: TalkPage | null
  /** To be fetched (again): what it shows may lack something. */
  readonly stale: boolean
  readonly fetching: boolean
  readonly error: ErrorBody | null
  /** What the answer under way must have reached. Above 0: should it fail, it is asked for again. */
  readonly needs: number
  /** Pushes that came while it was being fetched. */
  readonly later: readonly Numbered[]
  /** The customer's part of it is to be fetched again. */
  readonly panel_stale: boolean
}

/** By contact. */
export type Pages = Readonly<Record<string, Page>>

export type Fetched =
  | { readonly is: "page_wanted"; readonly contact: string }
  | { readonly is: "page"; readonly contact: string; readonly page: TalkPage }
  | { readonly is: "page_failed"; readonly contact: string; readonly error: ErrorBody }
  | { readonly is: "panel_wanted"; readonly contact: string }
  | { readonly is: "panel"; readonly contact: string; readonly panel: CustomerPanel | null }
  | { readonly is: "panel_failed"; readonly contact: string }
  | {
      readonly is: "older"
      readonly contact: string
      readonly messages: readonly Message[]
      readonly more_before: boolean
    }

/** Refused, and so not to be shown any more. */
const NOT_MINE: ReadonlySet<string> = new Set(["talk_exists_not", "not_signed_in"])
const UNREAD: Page = { page: null, stale: true, fetching: false, error: null, needs: 0, later: [], panel_stale: false }

export const staled = (page: Page): Page => ({ ...page, stale: true, error: null })

export const mapped = (pages: Pages, change: (page: Page, contact: string) => Page): Pages =>
  Object.fromEntries(Object.entries(pages).map(([contact, page]) => [contact, change(page, contact)]))

/** This page, if it is open, may lack something. */
export const withStale = (pages: Pages, contact: string): Pages =>
  pages[contact] ? { ...pages, [contact]: staled(pages[contact]) } : pages

/** After a fresh state. An answer that is under way may have all of it already. */
export const staledAt =
  (seq: number) =>
  (page: Page): Page =>
    page.fetching ? { ...page, needs: Math.max(page.needs, seq) } : staled(page)

/** The line is back: what could not be fetched without it, or was on its way over the old one, is asked for again. */
export const withRetried = (pages: Pages): Pages =>
  mapped(pages, (page) => (page.error !== null || page.fetching ? staledAt(1)(page) : page))

export const pagesWithSetUp = (pages: Pages, frame: SetUpNow): Pages =>
  mapped(pages, (known) => ({ ...known, page: known.page && pageWithSetUp(known.page, frame) }))

// ---- fetching ----------------------------------------------------------------------------------

/** Which pages, and of which only the customer's part, are to be fetched now. */
export function toFetch(pages: Pages): { readonly whole: readonly string[]; readonly panels: readonly string[] } {
  const idle = Object.entries(pages).filter(([, page]) => !page.fetching)
  const isWhole = (page: Page) => page.stale && page.error === null
  return {
    whole: idle.filter(([, page]) => isWhole(page)).map(([contact]) => contact),
    panels: idle.filter(([, page]) => !isWhole(page) && page.panel_stale && page.page).map(([contact]) => contact),
  }
}

/** What comes for a page that was closed meanwhile is late. */
export function withFetched(pages: Pages, frame: Fetched): Pages {
  const { [frame.contact]: known = UNREAD, ...others } = pages
  if (frame.is !== "page_wanted" && !(frame.contact in pages)) return pages
  return { ...others, [frame.contact]: fetched(known, frame) }
}

function fetched(known: Page, frame: Fetched): Page {
  switch (frame.is) {
    case "page_wanted":
      return { ...known, stale: false, fetching: true, error: null, needs: 0, later: [], panel_stale: false }
    case "page":
      return {
        page: known.later.reduce(turned, frame.page),
        stale: known.stale || known.later.length === LATER_MAX || frame.page.seq < known.needs,
        fetching: false,
        error: null,
        needs: 0,
        later: [],
        panel_stale: known.panel_stale,
      }
    case "page_failed":
      return failed(known, frame.error)
    case "panel_wanted":
      return { ...known, panel_stale: false }
    case "panel":
      return { ...known, page: known.page && { ...known.page, customer: frame.panel } }
    case "panel_failed": // the whole page says why, or has it
      return { ...known, stale: true }
    case "older": {
      if (known.page === null) return known
      const messages = putAll(frame.messages, known.page.messages)
      return { ...known, page: { ...known.page, messages, more_before: frame.more_before } }
    }
  }
}

/** What went stale meanwhile is asked for anew: the failure is of a question that is not asked any more. */
function failed(known: Page, error: ErrorBody): Page {
  const page = NOT_MINE.has(error.code) ? null : known.page
  const stale = known.stale || known.needs > 0
  return { ...known, page, stale, fetching: false, needs: 0, later: [], error: stale ? null : error }
}

// ---- pushes ------------------------------------------------------------------------------------

export function withTurned(pages: Pages, frame: Numbered): Pages {
  const contact = contactOf(frame.push)
  const known = contact === null ? undefined : pages[contact]
  if (contact === null || known === undefined) return pages
  const page = known.page && turned(known.page, frame)
  const stale = known.stale || (page !== null && known.page !== null && !isSameUnion(page.talk, known.page.talk))
  const later = known.fetching ? [...known.later, frame].slice(-LATER_MAX) : known.later
  return { ...pages, [contact]: { ...known, page, later, stale } }
}

/** Whether a talk's page has the words of the same contacts as before. */
const isSameUnion = (one: Talk, other: Talk): boolean =>
  one.merged.map(({ contact }) => contact).join() === other.merged.map(({ contact }) => contact).join()

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
