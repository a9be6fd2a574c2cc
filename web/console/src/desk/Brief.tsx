/** Everything that is known when a talk begins, with where it came from, so that nothing is asked twice. */

import type { Brief as BriefWords, Fact, TalkPage } from "@dryfly/words"
import { type ReactNode, useState } from "react"
import { useNow } from "../hooks"
import { moment, say, sayCode } from "../say"

const GUESSED = 1
/** Lines of their own, or beside the name. */
const TOLD_ELSEWHERE = new Set(["need", "name", "proof"])

function Line({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd dir="auto">{children}</dd>
    </>
  )
}

function FactLine({ fact, now }: { fact: Fact; now: number }) {
  const holds = fact.valid_until === null ? "" : say("fact.until", { time: moment(fact.valid_until, now) })
  const origin = [sayCode("fact", fact.origin, {}), moment(fact.at, now), holds].filter(Boolean).join(" · ")
  return (
    <span>
      {fact.label || sayCode("fact.key", fact.key, {})}: <b>{fact.value}</b>{" "}
      {fact.certainty <= GUESSED && <span className="chip amber">{say("fact.guessed")}</span>}{" "}
      <span className="xs">{origin}</span>
    </span>
  )
}

function needOf(brief: BriefWords, title: string): ReactNode {
  const share =
    brief.need_share > 0 ? say("brief.sure", { percent: Math.min(99, Math.round(brief.need_share * 100)) }) : ""
  return (
    <>
      {title} <span className="xs">{share}</span>
    </>
  )
}

const texts = (lines: readonly { text: string }[]) => lines.map((line) => line.text).join(" · ")

export function Brief({ page }: { page: TalkPage }) {
  const now = useNow()
  const [isWide] = useState(() => matchMedia("(min-width: 1001px)").matches)
  const { brief, talk } = page
  const facts = (page.facts.length > 0 ? page.facts : (brief?.facts ?? [])).filter(
    ({ key }) => !TOLD_ELSEWHERE.has(key),
  )
  if (!brief && facts.length === 0) return null
  const need = brief?.need_title || talk.need_title
  return (
    <section className="known" aria-label={say("brief.title")}>
      <details className="card brief" open={isWide}>
        <summary>
          <b>{say("brief.title")}</b> {brief && <span className="xs">{say("brief.from")}</span>}
        </summary>
        <dl>
          {need && <Line term={say("brief.need")}>{brief ? needOf(brief, need) : need}</Line>}
          {brief?.reason && <Line term={say("brief.reason")}>{sayCode("reason", brief.reason, {})}</Line>}
          {facts.length > 0 && (
            <Line term={say("brief.facts")}>
              <span className="facts">
                {facts.map((fact) => (
                  <FactLine key={fact.key} fact={fact} now={now} />
                ))}
              </span>
            </Line>
          )}
          {brief && brief.answered.length > 0 && <Line term={say("brief.answered")}>{texts(brief.answered)}</Line>}
          {brief && brief.tried.length > 0 && <Line term={say("brief.tried")}>{texts(brief.tried)}</Line>}
          {brief?.mood && <Line term={say("brief.mood")}>{sayCode("mood", brief.mood, {})}</Line>}
        </dl>
      </details>
    </section>
  )
}
