/** Where the customer writes. */

import { Fragment, h } from "preact"
import { say, sayError } from "./say"
import type { Screen } from "./screen"

function onKey(event: KeyboardEvent, screen: Screen): void {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return
  event.preventDefault()
  screen.send()
}

function Wrong({ text }: { text: string }) {
  return (
    <p class="wrong" role="alert">
      {text}
    </p>
  )
}

/** What stands above the field: what is wrong, and the files that go along. */
function Above({ screen }: { screen: Screen }) {
  const { error, over, uploading, files } = screen
  return (
    <>
      {error && <Wrong text={sayError(error)} />}
      {over > 0 && <Wrong text={say("write.too_long", { over })} />}
      {uploading && <p role="status">{say("write.uploading", { name: uploading })}</p>}
      {files.map(({ id, name }) => (
        <p key={id}>
          {name}{" "}
          <button
            type="button"
            class="link"
            aria-label={say("write.remove", { name })}
            onClick={() => screen.remove(id)}
          >
            ×
          </button>
        </p>
      ))}
    </>
  )
}

function Field({ screen }: { screen: Screen }) {
  const hint = screen.view.talk.stage === "waiting" ? "write.hint_waiting" : "write.hint"
  return (
    <div class="write">
      <textarea
        rows={1}
        dir="auto"
        aria-label={say("write.label")}
        placeholder={say(hint)}
        value={screen.text}
        onInput={(event) => screen.write(event.currentTarget.value)}
        onKeyDown={(event) => onKey(event, screen)}
      />
      <button
        type="button"
        class="send"
        aria-label={say("write.send")}
        aria-disabled={!screen.isSendable}
        onClick={() => screen.send()}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 19V6M6 11l6-6 6 6" />
        </svg>
      </button>
    </div>
  )
}

export function Composer({ screen }: { screen: Screen }) {
  return (
    <div class="foot">
      <Above screen={screen} />
      <Field screen={screen} />
      <div class="under">
        <label class="link quiet">
          {say("write.attach")}
          <input class="sr" type="file" multiple onChange={(event) => screen.attach(event.currentTarget.files)} />
        </label>
        <small>{say("write.cards")}</small>
      </div>
    </div>
  )
}
