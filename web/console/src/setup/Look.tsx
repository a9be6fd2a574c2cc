/** How the widget looks and speaks, beside the widget itself. */

import type { WidgetLook } from "@dryfly/words"
import { useMemo, useState } from "react"
import { contrastOnBlackText, contrastOnWhiteText, darkened, ENOUGH, isColour } from "./colour"
import { Labelled, useAround } from "./Form"
import { Check, NumberInput } from "./inputs"
import { Preview } from "./Preview"
import { useSite } from "./siteDraft"
import { say } from "./words"

const THEMES = ["auto", "light", "dark"] as const
const SIDES = ["end", "right", "left"] as const
const LANGUAGES = ["en", "de", "fr", "es", "ar", "tr"]
const NAME = new Intl.DisplayNames(undefined, { type: "language" })

export default function Look() {
  const { site } = useSite()
  const [isOpen, setOpen] = useState(true)
  const [isPhone, setPhone] = useState(false)
  const look = useMemo<WidgetLook>(
    () => ({
      ...site.look,
      title: site.look.title || site.title,
      accent: isColour(site.look.accent) ? site.look.accent : "#0b6e64",
      languages: site.languages,
    }),
    [site],
  )
  return (
    <div className="lookpage">
      <LookForm />
      <section className="previewside" aria-label={say("look.preview")}>
        <div className="row wrap">
          <h2 className="grow">{say("look.preview")}</h2>
          <button type="button" className="btn" aria-pressed={isPhone} onClick={() => setPhone(!isPhone)}>
            {say("look.phone")}
          </button>
          <button type="button" className="btn" onClick={() => setOpen(!isOpen)}>
            {say(isOpen ? "look.button" : "look.open")}
          </button>
        </div>
        <Preview look={look} isOpen={isOpen} isPhone={isPhone} />
      </section>
    </div>
  )
}

function LookForm() {
  const { readOnly } = useAround()
  const { site, change, problemAt } = useSite()
  const { look } = site
  const text = (name: "title" | "bot_name", hint = "") => (
    <Labelled label={say(`look.${name}`)} hint={hint} problem={problemAt(`look.${name}`)}>
      {(ids) => (
        <input
          {...ids}
          className="input"
          dir="auto"
          maxLength={120}
          disabled={readOnly}
          value={look[name]}
          onChange={(event) => change(`look.${name}`, event.target.value)}
        />
      )}
    </Labelled>
  )
  const pixels = (name: "offset_x" | "offset_y") => (
    <Labelled label={say(`look.${name}`)} problem={problemAt(`look.${name}`)}>
      {(ids) => (
        <span className="row">
          <NumberInput
            {...ids}
            spec={{ is: "number", min: 0 }}
            disabled={readOnly}
            value={look[name]}
            set={(value) => change(`look.${name}`, value ?? 0)}
          />
          <span className="s">{say("unit.px")}</span>
        </span>
      )}
    </Labelled>
  )
  return (
    <form className="card pad form" onSubmit={(event) => event.preventDefault()}>
      {text("title", say("look.title?", { title: site.title }))}
      {text("bot_name")}
      <Labelled label={say("look.greeting")} hint={say("look.greeting?")} problem={problemAt("look.greeting")}>
        {(ids) => (
          <textarea
            {...ids}
            className="input"
            rows={2}
            dir="auto"
            maxLength={500}
            disabled={readOnly}
            value={look.greeting}
            onChange={(event) => change("look.greeting", event.target.value)}
          />
        )}
      </Labelled>
      <Accent />
      <Choose label={say("look.theme")} name="look.theme" of={THEMES} />
      <Choose label={say("look.side")} name="look.side" of={SIDES} />
      <div className="row wrap pair">
        {pixels("offset_x")}
        {pixels("offset_y")}
      </div>
      <Labelled label={say("look.language")} hint={say("look.language?")} problem={problemAt("languages")}>
        {(ids) => (
          <select
            {...ids}
            className="input"
            disabled={readOnly}
            value={look.language}
            onChange={(event) => change("look.language", event.target.value)}
          >
            {[...new Set([...LANGUAGES, look.language])].map((tag) => (
              <option key={tag} value={tag}>
                {nameOf(tag)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Check label={say("look.survey")} isOn={look.survey} set={(is) => change("look.survey", is)} />
    </form>
  )
}

function nameOf(tag: string): string {
  try {
    return `${NAME.of(tag)} (${tag})`
  } catch {
    return tag
  }
}

function Choose({ label, name, of }: { label: string; name: "look.theme" | "look.side"; of: readonly string[] }) {
  const { readOnly } = useAround()
  const { site, change } = useSite()
  const value = name === "look.theme" ? site.look.theme : site.look.side
  return (
    <fieldset className="field">
      <legend>{label}</legend>
      <div className="row wrap">
        {of.map((one) => (
          <label key={one} className="row check">
            <input
              type="radio"
              name={name}
              disabled={readOnly}
              checked={value === one}
              onChange={() => change(name, one)}
            />
            {say(`${name}.${one}` as "look.theme.auto")}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function Accent() {
  const { readOnly } = useAround()
  const { site, change, problemAt } = useSite()
  const { accent } = site.look
  const [text, setText] = useState<string | null>(null)
  const set = (written: string) => {
    setText(written)
    if (isColour(written.trim())) change("look.accent", written.trim().toLowerCase())
  }
  const written = text ?? accent
  const problem = isColour(written.trim()) ? problemAt("look.accent") : say("look.accent.wrong")
  return (
    <Labelled label={say("look.accent")} hint={say("look.accent?")} problem={problem}>
      {(ids) => (
        <>
          <span className="row">
            <input
              type="color"
              className="swatch"
              aria-label={say("look.accent.pick")}
              disabled={readOnly}
              value={accent}
              onChange={(event) => {
                setText(null)
                change("look.accent", event.target.value)
              }}
            />
            <input
              {...ids}
              className="input number wider"
              maxLength={7}
              disabled={readOnly}
              value={written}
              onChange={(event) => set(event.target.value)}
              onBlur={() => isColour(written.trim()) && setText(null)}
            />
          </span>
          <Contrast accent={accent} darken={(colour) => change("look.accent", colour)} />
        </>
      )}
    </Labelled>
  )
}

/** White text where it can be read, black elsewhere: as the widget decides it. */
function Contrast({ accent, darken }: { accent: string; darken: (colour: string) => void }) {
  const { readOnly } = useAround()
  const white = contrastOnWhiteText(accent)
  const isWhite = white >= ENOUGH
  const ratio = (isWhite ? white : contrastOnBlackText(accent)).toFixed(1)
  return (
    <p className="s row wrap">
      <span className={isWhite ? "chip river" : "chip amber"}>
        {say(isWhite ? "look.contrast.white" : "look.contrast.black", { ratio })}
      </span>
      {!isWhite && !readOnly && (
        <button type="button" className="link" onClick={() => darken(darkened(accent))}>
          {say("look.contrast.fix", { colour: darkened(accent) })}
        </button>
      )}
    </p>
  )
}
