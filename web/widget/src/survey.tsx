/** One question after a talk: answered, or waved away, once. */

import { h } from "./h"
import { ready, words } from "./later"
import { language } from "./say"
import type { Screen } from "./screen"

const SCORES = [1, 2, 3, 4, 5] as const

export function Survey({ screen }: { screen: Screen }) {
  if (!words) {
    ready.then(screen.draw)
    return null
  }
  if (screen.isRated) return <p role="status">{words["survey.thanks"]}</p>
  return (
    <fieldset class="survey">
      <legend>{words["survey.ask"]}</legend>
      <div class="scores">
        {SCORES.map((score) => (
          <button
            key={score}
            type="button"
            title={words[`survey.${score}`]}
            aria-pressed={screen.score === score}
            onclick={() => screen.choose(score)}
          >
            <span aria-hidden="true">{score.toLocaleString(language)}</span>
            <span class="sr">{words[`survey.${score}`]}</span>
          </button>
        ))}
      </div>
      <div class="under" aria-hidden="true">
        <small>{words["survey.1"]}</small>
        <small>{words["survey.5"]}</small>
      </div>
      {screen.score > 0 && (
        <textarea
          rows={2}
          dir="auto"
          maxLength={1000}
          aria-label={words["survey.word"]}
          placeholder={words["survey.word"]}
          value={screen.word}
          oninput={(event) => {
            screen.word = event.currentTarget.value
          }}
        />
      )}
      <div class="under">
        {screen.score > 0 ? (
          <button type="button" class="main" onclick={() => screen.rate(screen.score)}>
            {words["survey.send"]}
          </button>
        ) : (
          <span />
        )}
        <button type="button" class="link quiet" onclick={() => screen.rate(null)}>
          {words["survey.skip"]}
        </button>
      </div>
    </fieldset>
  )
}
