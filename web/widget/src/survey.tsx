/** One question after a talk: answered, or waved away, once. */

import { h } from "./h"
import { language, say } from "./say"
import type { Screen } from "./screen"

const SCORES = [1, 2, 3, 4, 5] as const

export function Survey({ screen }: { screen: Screen }) {
  if (screen.isRated) return <p role="status">{say("survey.thanks")}</p>
  return (
    <fieldset class="survey">
      <legend>{say("survey.ask")}</legend>
      <div class="scores">
        {SCORES.map((score) => (
          <button
            key={score}
            type="button"
            title={say(`survey.${score}`)}
            aria-pressed={screen.score === score}
            onclick={() => screen.choose(score)}
          >
            <span aria-hidden="true">{score.toLocaleString(language)}</span>
            <span class="sr">{say(`survey.${score}`)}</span>
          </button>
        ))}
      </div>
      <div class="under" aria-hidden="true">
        <small>{say("survey.1")}</small>
        <small>{say("survey.5")}</small>
      </div>
      {screen.score > 0 && (
        <textarea
          rows={2}
          dir="auto"
          maxLength={1000}
          aria-label={say("survey.word")}
          placeholder={say("survey.word")}
          value={screen.word}
          oninput={(event) => {
            screen.word = event.currentTarget.value
          }}
        />
      )}
      <div class="under">
        {screen.score > 0 ? (
          <button type="button" class="main" onclick={() => screen.rate(screen.score)}>
            {say("survey.send")}
          </button>
        ) : (
          <span />
        )}
        <button type="button" class="link quiet" onclick={() => screen.rate(null)}>
          {say("survey.skip")}
        </button>
      </div>
    </fieldset>
  )
}
