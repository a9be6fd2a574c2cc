/** What each person chooses for their own screen: sounds, the system's notices, the time to take a message back. */

import { useCallback, useRef, useState } from "react"
import { OCCASIONS, type Occasion, prefer, UNDO_CHOICES, usePreferences } from "../preferences"
import { say } from "../say"
import { Floating } from "./Floating"
import { play } from "./sounds"
import { mayNotify } from "./useNews"

export function PreferencesMenu() {
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const close = useCallback(() => setOpen(false), [])
  return (
    <>
      <button
        ref={button}
        type="button"
        className="btn quiet"
        aria-label={say("prefer.title")}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <span className="wide">{say("prefer.title")}</span>
        <span className="narrow" aria-hidden="true">
          ⚙
        </span>
      </button>
      {isOpen && (
        <Floating anchor={button} close={close} takesFocus role="dialog" aria-label={say("prefer.title")}>
          <Choices />
        </Floating>
      )}
    </>
  )
}

function Choices() {
  const { undo_s } = usePreferences()
  const [isBlocked, setBlocked] = useState(false)
  return (
    <div className="prefer">
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{say("prefer.sound")}</th>
            <th scope="col">{say("prefer.desktop")}</th>
          </tr>
        </thead>
        <tbody>
          {OCCASIONS.map((occasion) => (
            <OccasionRow key={occasion} occasion={occasion} setBlocked={setBlocked} />
          ))}
        </tbody>
      </table>
      {isBlocked && (
        <p className="s wrong" role="alert">
          {say("prefer.blocked")}
        </p>
      )}
      <fieldset>
        <legend>{say("prefer.undo")}</legend>
        <div className="row">
          {UNDO_CHOICES.map((seconds) => (
            <label key={seconds} className="end">
              <input
                type="radio"
                name="undo_s"
                checked={undo_s === seconds}
                onChange={() => prefer({ undo_s: seconds })}
              />
              {seconds === 0 ? say("prefer.undo_off") : say("prefer.undo_s", { count: seconds })}
            </label>
          ))}
        </div>
      </fieldset>
      <p className="xs">{say("prefer.kept")}</p>
    </div>
  )
}

interface RowProps {
  readonly occasion: Occasion
  readonly setBlocked: (is: boolean) => void
}

function OccasionRow({ occasion, setBlocked }: RowProps) {
  const { sound, desktop } = usePreferences()
  const name = say(`prefer.${occasion}`)
  const hear = (is: boolean) => {
    prefer({ sound: { ...sound, [occasion]: is } })
    if (is) play(occasion)
  }
  const see = async (is: boolean) => {
    const may = !is || (await mayNotify())
    setBlocked(!may)
    if (may) prefer({ desktop: { ...desktop, [occasion]: is } })
  }
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <Switch label={`${name}: ${say("prefer.sound")}`} is={sound[occasion]} change={hear} />
      </td>
      <td>
        <Switch label={`${name}: ${say("prefer.desktop")}`} is={desktop[occasion]} change={see} />
      </td>
    </tr>
  )
}

function Switch({ label, is, change }: { label: string; is: boolean; change: (is: boolean) => void }) {
  return <input type="checkbox" aria-label={label} checked={is} onChange={(event) => change(event.target.checked)} />
}
