/** The customer beside a talk: fetched with its page, and again when they change or their story moves. Pure. */

import type { DeskView } from "./desk"
import type { Change } from "./lines"
import { mapped, type Page, type Pages } from "./pages"

/** The pages after a push: those whose customer's other contact it is about are to be read again, in that part. */
export function withStory(view: DeskView, push: Change): Pages {
  const moved = customerOf(view, push)
  if (push.kind !== "talk_changed" && push.kind !== "watched_changed" && !moved) return view.pages
  return mapped(view.pages, (page, contact) => (isMoved(page, contact, push, moved) ? stale(page) : page))
}

const stale = (page: Page): Page => ({ ...page, panel_stale: true })

function isMoved(page: Page, contact: string, push: Change, moved: string | null): boolean {
  const shown = page.page?.talk.customer ?? null
  if ((push.kind === "talk_changed" || push.kind === "watched_changed") && push.talk.contact === contact)
    return page.page !== null && push.talk.customer !== (page.page.customer?.customer ?? null)
  return moved !== null && shown === moved && contactOf(push) !== contact
}

/** Whose story it is that a push moves, as far as it is known here. */
function customerOf({ desk }: DeskView, push: Change): string | null {
  if (push.kind === "story_moved") return push.customer
  if (push.kind === "talk_changed" || push.kind === "watched_changed") return push.talk.customer
  if (push.kind === "talk_merged") return push.talk.customer
  if (push.kind !== "talk_gone" && push.kind !== "request_gone") return null
  const talks = [...(desk?.talks ?? []), ...(desk?.requests ?? [])]
  return talks.find((talk) => talk.contact === push.contact)?.customer ?? null
}

function contactOf(push: Change): string | null {
  if (push.kind === "talk_changed" || push.kind === "watched_changed") return push.talk.contact
  return "contact" in push ? push.contact : null
}
