/** What asking visitors does, against not asking: counts, the difference, and how sure it is. */

import type { ErrorBody, InvitationResult } from "@dryfly/words"
import { useCallback, useEffect, useState } from "react"
import { sayError, speaking } from "../say"
import { setupApi } from "./api"
import { points } from "./invitationDraft"
import { en } from "./invitations.en"

const say = speaking(en)
const PERIODS = [7, 30, 90]
const ARMS = ["shown", "held"] as const

interface Answer {
  readonly results: readonly InvitationResult[] | null
  readonly error: ErrorBody | null
}

export function useEffects() {
  const [days, setDays] = useState(30)
  const [answer, setAnswer] = useState<Answer>({ results: null, error: null })
  const read = useCallback(() => {
    let isWanted = true
    setupApi.invitations(days).then(
      (results) => isWanted && setAnswer({ results, error: null }),
      (error: ErrorBody) => isWanted && setAnswer({ results: null, error }),
    )
    return () => {
      isWanted = false
    }
  }, [days])
  useEffect(read, [read])
  return { ...answer, days, setDays, read }
}

export type Effects = ReturnType<typeof useEffects>

const NONE = { due: 0, opened: 0, waved: 0, talk: 0 }
const nothing = (invitation: string): InvitationResult => {
  return { invitation, shown: NONE, held: NONE, lift: null, lift_from: null, lift_to: null, verdict: "empty" }
}

export function Effect({ id, isSaved, effects }: { id: string; isSaved: boolean; effects: Effects }) {
  return (
    <section className="card pad stack" aria-label={say("effect")}>
      <div className="row wrap">
        <h3 className="grow">{say("effect")}</h3>
        <select
          className="input"
          aria-label={say("period")}
          value={effects.days}
          onChange={(event) => effects.setDays(Number(event.target.value))}
        >
          {PERIODS.map((count) => (
            <option key={count} value={count}>
              {say("days", { count })}
            </option>
          ))}
        </select>
      </div>
      <Found id={id} isSaved={isSaved} effects={effects} />
    </section>
  )
}

function Found({ id, isSaved, effects: { results, error, read } }: { id: string; isSaved: boolean; effects: Effects }) {
  if (!isSaved) return <p className="s">{say("unsaved")}</p>
  if (error)
    return (
      <p className="wrong" role="alert">
        {say("failed", { reason: sayError(error) })}{" "}
        <button type="button" className="btn" onClick={read}>
          {say("again")}
        </button>
      </p>
    )
  if (!results) return <p className="s">{say("loading")}</p>
  return <Told result={results.find(({ invitation }) => invitation === id) ?? nothing(id)} />
}

export function verdictOf({ verdict, lift, lift_from, lift_to }: InvitationResult): string {
  const values = { lift: points(lift ?? 0), from: points(lift_from ?? 0), to: points(lift_to ?? 0) }
  return say(`verdict.${verdict}`, values)
}

const TONES = { empty: "", too_few: "amber", no_difference: "", more: "river", fewer: "red" } as const

function Told({ result }: { result: InvitationResult }) {
  const tone = TONES[result.verdict]
  return (
    <>
      <p className={`notebox ${tone || "plain"}`}>{verdictOf(result)}</p>
      <Interval result={result} />
      <div className="arms">
        <table>
          <thead>
            <tr>
              <td />
              {(["visitors", "opened", "waved", "talks", "share"] as const).map((name) => (
                <th key={name} scope="col">
                  {say(`col.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ARMS.map((arm) => (
              <Arm key={arm} name={say(arm)} isAsked={arm === "shown"} counts={result[arm]} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="xs">{say("verdict?")}</p>
    </>
  )
}

interface ArmProps {
  readonly name: string
  readonly isAsked: boolean
  readonly counts: InvitationResult["shown"]
}

function Arm({ name, isAsked, counts: { due, opened, waved, talk } }: ArmProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="time">{due}</td>
      <td className="time">{isAsked ? opened : "–"}</td>
      <td className="time">{isAsked ? waved : "–"}</td>
      <td className="time">{talk}</td>
      <td className="time">{due > 0 ? `${((100 * Math.min(talk, due)) / due).toFixed(1)} %` : "–"}</td>
    </tr>
  )
}

const WIDTH = 320
const HALF = WIDTH / 2

/** The interval against zero, in scale: half the width is the larger of its ends, or ten points. */
function Interval({ result: { lift, lift_from, lift_to } }: { result: InvitationResult }) {
  if (lift === null || lift_from === null || lift_to === null) return null
  const most = Math.max(0.1, Math.abs(lift_from), Math.abs(lift_to))
  const at = (share: number) => HALF + (share / most) * (HALF - 8)
  return (
    <svg className="interval" viewBox={`0 0 ${WIDTH} 34`} aria-hidden="true">
      <line className="zero" x1={HALF} x2={HALF} y1="2" y2="22" />
      <line className="range" x1={at(lift_from)} x2={at(lift_to)} y1="12" y2="12" />
      <circle className="point" cx={at(lift)} cy="12" r="4" />
      <text x={HALF} y="33">
        0
      </text>
    </svg>
  )
}
