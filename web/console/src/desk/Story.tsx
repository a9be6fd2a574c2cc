/** The customer's contacts on every channel as one time line: now, and before. Each opens where it stands. */

import type { ErrorBody, StoryPage, StoryTalk, TalkPage } from "@dryfly/words"
import { useEffect, useState } from "react"
import { api } from "../api"
import { goTo, useDesk, useNow } from "../hooks"
import { titled } from "../parts/commandItems"
import { moment, say as sayAll, sayCode, sayError, span, speaking } from "../say"
import { en } from "./customer.en"
import { Survey, scoreOf } from "./Survey"

const say = speaking(en)
const LINES_SHOWN = 12

interface StoryProps {
  readonly customer: string
  readonly contact: string
  readonly story: StoryPage
}

export function Story({ customer, contact, story }: StoryProps) {
  const current = useDesk((view) => view.pages[contact]?.page?.talk)
  const { talks, more, readMore } = useRest(customer, contact, story)
  return (
    <section aria-label={say("story")}>
      <div className="row">
        <h2 className="grow">
          <b>{say("story")}</b>
        </h2>
        <span className="xs">{say("channels")}</span>
      </div>
      <ol className="story">
        {current && current.state !== "closed" && (
          <li className="of-now">
            <span className="xs">{say("now")}</span>
            <span className="dot" />
            <span dir="auto">
              {[sayCode("channel", current.channel, {}, current.channel), current.need_title]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </li>
        )}
        {talks.map((talk) => (
          <Past key={talk.contact} talk={talk} />
        ))}
      </ol>
      {talks.length === 0 && <p className="s">{say("first")}</p>}
      {more && (
        <button type="button" className="link more" onClick={readMore}>
          {say("earlier")}
        </button>
      )}
    </section>
  )
}

/** The story with what was fetched after it. When it moves, what came before stays where it was. */
function useRest(customer: string, contact: string, story: StoryPage) {
  const [rest, setRest] = useState<StoryPage | null>(null)
  const known = new Set(story.talks.map((talk) => talk.contact))
  const talks = [...story.talks, ...(rest?.talks ?? []).filter((talk) => !known.has(talk.contact))]
  const last = talks.at(-1)
  const readMore = () => {
    if (!last) return
    api.story(customer, contact, last.contact).then(
      (page) => setRest((now) => ({ talks: [...(now?.talks ?? []), ...page.talks], more: page.more })),
      () => undefined, // the button stays
    )
  }
  return { talks, more: rest ? rest.more : story.more, readMore }
}

function Past({ talk }: { talk: StoryTalk }) {
  const now = useNow()
  const [isOpen, setOpen] = useState(false)
  const channel = sayCode("channel", talk.channel, {}, talk.channel)
  return (
    <li>
      <span className="xs time">{moment(talk.opened_at, now)}</span>
      <span className={`dot ${talk.closed_at === null ? "" : "grey"}`} />
      <div className="past">
        <button type="button" className="plain" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <span dir="auto">
            {channel} · {talk.need_title || talk.need || say("no_need")}
          </span>{" "}
          <Ended talk={talk} />
        </button>
        {isOpen && <Words contact={talk.contact} />}
      </div>
    </li>
  )
}

/** Who served it, how it ended, how long it took, and what the customer gave it. */
function Ended({ talk }: { talk: StoryTalk }) {
  const desk = useDesk((view) => view.desk)
  const name = (agent: string) => (agent === desk?.me.agent ? say("you") : titled(desk?.agents, agent))
  const served = [talk.with_bot ? say("bot") : "", ...talk.agents.map(name)].filter(Boolean).join(" + ")
  const ending = talk.disposition
    ? titled(desk?.dispositions, talk.disposition)
    : talk.ending && sayCode("ending", talk.ending, {})
  const took = talk.closed_at === null ? sayAll("state.active") : span(talk.closed_at - talk.opened_at)
  const merged = talk.main && talk.closed_at === null ? sayAll("state.merged") : ""
  const told = [served || say("nobody"), ending, merged || took, scoreOf(talk.score)]
  return <span className="xs">{told.filter(Boolean).join(" · ")}</span>
}

/** What was said in it, to be read in place; its own page has all of it. */
function Words({ contact }: { contact: string }) {
  const [page, setPage] = useState<TalkPage | null>(null)
  const [error, setError] = useState<ErrorBody | null>(null)
  useEffect(() => {
    let isOver = false
    api.talk(contact).then(
      (read) => !isOver && setPage(read),
      (failed: ErrorBody) => !isOver && setError(failed),
    )
    return () => {
      isOver = true
    }
  }, [contact])
  if (error) return <p className="s">{say("unread", { reason: sayError(error) })}</p>
  if (!page) return <p className="s">{say("reading")}</p>
  return (
    <div className="pastwords">
      {page.brief?.reason && (
        <p className="xs">
          {say("handed_over")}: {sayCode("reason", page.brief.reason, {})}
        </p>
      )}
      <Lines page={page} />
      {page.survey && <Survey survey={page.survey} />}
      <button type="button" className="link" onClick={() => goTo("talk", contact)}>
        {say("open")}
      </button>
    </div>
  )
}

const authorOf = (author: string, name: string): string =>
  author === "customer" ? say("customer") : author === "bot" ? say("bot") : name

function linesOf(page: TalkPage) {
  const said = page.messages.filter(({ text }) => text !== "")
  const messages = said.map(({ id, seq, author, author_name, text }) => ({
    id,
    seq,
    who: authorOf(author, author_name),
    text,
  }))
  const notes = page.notes.map(({ id, seq, author_name, text }) => ({
    id,
    seq,
    who: say("note", { name: author_name }),
    text,
  }))
  return [...messages, ...notes].toSorted((a, b) => a.seq - b.seq)
}

function Lines({ page }: { page: TalkPage }) {
  const lines = linesOf(page)
  const before = lines.length - LINES_SHOWN
  if (lines.length === 0) return <p className="s">{say("no_words")}</p>
  return (
    <>
      {before > 0 && <p className="xs">{say("lines", { count: before })}</p>}
      <ul>
        {lines.slice(-LINES_SHOWN).map(({ id, who, text }) => (
          <li key={id} className="s">
            <b>{who}</b> <span dir="auto">{text}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
