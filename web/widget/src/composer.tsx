/** Where the customer writes. */

import { Fragment, h } from "./h"
import { say } from "./say"
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
  const { error, over, uploading, files, isDragging } = screen
  const part = (uploading || files.length > 0) && screen.parts.get("files")
  return (
    <>
      {error && <Wrong text={screen.sayError(error)} />}
      {over > 0 && <Wrong text={say("write.too_long", { over })} />}
      {isDragging && <p role="status">{say("write.drop")}</p>}
      {part && <part.Attached screen={screen} />}
    </>
  )
}

function Field({ screen }: { screen: Screen }) {
  const hint = screen.view.talk.stage === "waiting" ? "write.hint_waiting" : "write.hint"
  return (
    <div class="write">
      <textarea
        rows={1}
        dir={screen.text ? "auto" : undefined}
        aria-label={say("write.label")}
        placeholder={say(hint)}
        value={screen.text}
        oninput={(event) => screen.write(event.currentTarget.value)}
        onkeydown={(event) => onKey(event, screen)}
      />
      <button
        type="button"
        class="send"
        aria-label={say("write.send")}
        aria-disabled={!screen.isSendable}
        onclick={() => screen.send()}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 19V6M6 11l6-6 6 6" />
        </svg>
      </button>
    </div>
  )
}

export function Save({ screen }: { screen: Screen }) {
  const { mails } = screen.view
  return (
    <button
      type="button"
      class="link quiet"
      aria-label={mails ? undefined : say("save.label")}
      aria-expanded={mails ? screen.isKeeping : undefined}
      onclick={() => screen.save()}
    >
      {say("save")}
    </button>
  )
}

/** How the talk can be kept, where there is a choice. */
export function Keep({ screen }: { screen: Screen }) {
  const part = screen.isKeeping && screen.parts.get("transcript")
  return part && <part.Keeping screen={screen} />
}

export function Composer({ screen }: { screen: Screen }) {
  return (
    <div class="foot">
      <Above screen={screen} />
      <Field screen={screen} />
      <div class="under">
        <label class="link quiet">
          {say("write.attach")}
          <input class="sr" type="file" multiple onchange={(event) => screen.attach(event.currentTarget.files)} />
        </label>
        {screen.view.talk.contact && <Save screen={screen} />}
        <small class="grow">{say("write.cards")}</small>
      </div>
      <Keep screen={screen} />
    </div>
  )
}
