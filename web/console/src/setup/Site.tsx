/** How the site is called, who may open its widget, and by which keys its pages sign customers in. */

import { useState } from "react"
import { EntryField } from "./EntryField"
import { Labelled, useAround } from "./Form"
import { WordsInput } from "./inputs"
import type { FieldSpec } from "./kinds"
import { LoginKeys } from "./LoginKeys"
import { type SiteDraft, useSite } from "./siteDraft"
import { say } from "./words"

const SPECS: readonly FieldSpec[] = [
  { path: "spec.agent_grace_s", is: "seconds", min: 0 },
  { path: "spec.bot_quiet_s", is: "seconds", min: 0 },
  { path: "spec.contacts_max", is: "number", min: 0 },
]
const TITLE: FieldSpec = { path: "title", is: "text", max: 120 }

export default function Site() {
  const { readOnly } = useAround()
  const draft = useSite()
  const { site, entry, change, problemAt } = draft
  const field = (spec: FieldSpec) => (
    <EntryField key={spec.path} kind="site" spec={spec} entry={entry} problem={problemAt(spec.path)} change={change} />
  )
  return (
    <div className="stack">
      <form className="card pad form" onSubmit={(event) => event.preventDefault()}>
        {field(TITLE)}
        <Labelled label={say("site.languages")} hint={say("site.languages?")} problem={problemAt("languages")}>
          {(ids) => (
            <WordsInput
              {...ids}
              disabled={readOnly}
              value={site.languages}
              set={(languages) => change("languages", languages)}
            />
          )}
        </Labelled>
        <Origins draft={draft} />
      </form>
      <LoginKeys draft={draft} />
      <form className="card pad form" onSubmit={(event) => event.preventDefault()}>
        <h2>{say("site.floor")}</h2>
        {SPECS.map(field)}
      </form>
      <Settings draft={draft} />
    </div>
  )
}

function Origins({ draft: { site, change, problemAt } }: { draft: SiteDraft }) {
  const { readOnly } = useAround()
  const [text, setText] = useState<string | null>(null)
  function write(written: string): void {
    setText(written)
    change("origins", written.split(/\s+/).filter(Boolean))
  }
  return (
    <Labelled label={say("site.origins")} hint={say("site.origins?")} problem={problemAt("origins")}>
      {(ids) => (
        <textarea
          {...ids}
          className="input"
          rows={3}
          spellCheck={false}
          disabled={readOnly}
          value={text ?? site.origins.join("\n")}
          onChange={(event) => write(event.target.value)}
          onBlur={() => setText(null)}
        />
      )}
    </Labelled>
  )
}

/** Other rooms name them and say what they mean; here they are shown as they are. */
function Settings({ draft: { site } }: { draft: SiteDraft }) {
  const settings = Object.entries(site.settings)
  return (
    <section className="card pad stack" aria-label={say("site.settings")}>
      <h2>{say("site.settings")}</h2>
      <p className="xs">{say("site.settings?")}</p>
      {settings.length === 0 && <p className="s">{say("site.settings.none")}</p>}
      <dl className="kv">
        {settings.map(([name, value]) => [
          <dt key={`${name}?`}>
            <code>{name}</code>
          </dt>,
          <dd key={name}>{JSON.stringify(value)}</dd>,
        ])}
      </dl>
    </section>
  )
}
