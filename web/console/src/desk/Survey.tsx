/** What the customer said of a talk when it was over. */

import type { SurveyAnswer } from "@dryfly/words"
import { useNow } from "../hooks"
import { moment, say } from "../say"

export const scoreOf = (score: number | null): string => (score === null ? "" : say("survey.score", { score }))

export function Survey({ survey }: { survey: SurveyAnswer }) {
  const now = useNow()
  return (
    <section className="survey" aria-label={say("survey.title")}>
      <b>{scoreOf(survey.score) || say("survey.no_score")}</b>
      {survey.text && (
        <span className="quote grow" dir="auto">
          {survey.text}
        </span>
      )}
      <span className="xs">
        {say("survey.title")} · {moment(survey.at, now)}
      </span>
    </section>
  )
}
