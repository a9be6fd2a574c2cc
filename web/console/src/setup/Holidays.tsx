/** Whose public holidays the hours keep: a country, perhaps a part of it, and which dates that means. */

import type { ErrorBody, HolidaysShown } from "@dryfly/words"
import { useEffect, useState } from "react"
import { setupApi } from "./api"
import { Labelled, useAround } from "./Form"
import { say } from "./findings"
import type { HoursProps } from "./hoursDraft"
import { sayError } from "./words"

const SHOWN = 5
const countries = new Intl.DisplayNames(undefined, { type: "region", fallback: "code" })
const dates = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" })
const byName = (one: readonly [string, string], other: readonly [string, string]) => one[1].localeCompare(other[1])

interface Answer {
  readonly shown: HolidaysShown | null
  readonly error: ErrorBody | null
}

function useHolidays(country: string, part: string): Answer {
  const [answer, setAnswer] = useState<Answer>({ shown: null, error: null })
  useEffect(() => {
    let isWanted = true
    setupApi.holidays(country, part).then(
      (shown) => isWanted && setAnswer({ shown, error: null }),
      (error: ErrorBody) => isWanted && setAnswer({ shown: null, error }),
    )
    return () => {
      isWanted = false
    }
  }, [country, part])
  return answer
}

export function Holidays({ hours, set }: HoursProps) {
  const { readOnly } = useAround()
  const { country, part } = hours.holidays ?? { country: "", part: "" }
  const { shown, error } = useHolidays(country, part)
  const known = (shown?.countries ?? [country].filter(Boolean)).map(
    (code) => [code, countries.of(code) ?? code] as const,
  )
  const parts = Object.entries(shown?.parts ?? {})
  const choose = (code: string, of: string) =>
    set({ ...hours, holidays: code === "" ? null : { country: code, part: of } })
  return (
    <section className="card pad form" aria-label={say("holidays")}>
      <Labelled
        label={say("holidays")}
        hint={say("holidays?")}
        problem={error ? say("holidays_failed", { reason: sayError(error) }) : ""}
      >
        {(ids) => (
          <select
            {...ids}
            className="input"
            disabled={readOnly}
            value={country}
            onChange={(event) => choose(event.target.value, "")}
          >
            <option value="">{say("holidays_none")}</option>
            {[...known].sort(byName).map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {parts.length > 0 && (
        <Labelled label={say("holidays_part")}>
          {(ids) => (
            <select
              {...ids}
              className="input"
              disabled={readOnly}
              value={part}
              onChange={(event) => choose(country, event.target.value)}
            >
              <option value="">{say("holidays_whole")}</option>
              {parts.sort(byName).map(([code, name]) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      )}
      {shown && shown.ahead.length > 0 && <p className="s">{say("holidays_next", { list: told(shown) })}</p>}
    </section>
  )
}

const told = ({ ahead }: HolidaysShown): string =>
  ahead
    .slice(0, SHOWN)
    .map(({ date, name }) => `${dates.format(new Date(date))} ${name}`)
    .join(" · ")
