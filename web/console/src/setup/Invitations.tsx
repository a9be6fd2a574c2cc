/** Whom the widget invites, by rule, and what asking does against not asking. */

import type { Invitation, WidgetLook } from "@dryfly/words"
import { useMemo } from "react"
import { goTo } from "../hooks"
import { speaking } from "../say"
import type { Json } from "./draft"
import { Effect, type Effects, useEffects, verdictOf } from "./Effect"
import { Labelled, useAround } from "./Form"
import { Check, NumberInput } from "./inputs"
import { changedAt, FIRST, freeId, movedUp, percent, RULES_MAX, type Rules, without } from "./invitationDraft"
import { en } from "./invitations.en"
import { Preview } from "./Preview"
import type { PageProps } from "./Setup"
import { type SiteDraft, useSite } from "./siteDraft"
import { useSetup } from "./store"

const say = speaking(en)
const TEXT_MAX = 500

export default function Invitations({ chosen }: PageProps) {
  const draft = useSite()
  const effects = useEffects()
  const { site } = draft
  const rule = site.invitations.find(({ id }) => id === chosen)
  return (
    <div className={chosen === undefined ? "two" : "two chosen"}>
      <List draft={draft} chosen={chosen} effects={effects} />
      <div className="pane">
        {chosen !== undefined && (
          <button type="button" className="btn quiet back" onClick={() => goTo("setup", "invitations")}>
            ← {say("back")}
          </button>
        )}
        {rule ? (
          <Chosen key={rule.id} rule={rule} draft={draft} effects={effects} />
        ) : (
          <p className="empty">{say(chosen === undefined ? "choose" : "gone")}</p>
        )}
      </div>
    </div>
  )
}

const put = ({ change }: SiteDraft, rules: Rules) => change("invitations", rules as unknown as Json)

function useIsSaved(id: string): boolean {
  const { store } = useAround()
  return useSetup(store, (state) => state.seen?.site.invitations.some((rule) => rule.id === id) ?? false)
}

// ---- the list ----------------------------------------------------------------------------------

function List({ draft, chosen, effects }: { draft: SiteDraft; chosen: string | undefined; effects: Effects }) {
  const { readOnly } = useAround()
  const rules = draft.site.invitations
  function add(): void {
    const id = freeId(rules)
    put(draft, [...rules, { ...FIRST, id, text: say("first") }])
    goTo("setup", "invitations", id)
  }
  return (
    <section className="entries" aria-label={say("list")}>
      {!readOnly && (
        <div className="row pad">
          <span className="grow" />
          <button type="button" className="btn main" disabled={rules.length >= RULES_MAX} onClick={add}>
            {say("add")}
          </button>
        </div>
      )}
      {rules.length === 0 && <p className="empty">{say("none")}</p>}
      <ul>
        {rules.map((rule) => (
          <Line key={rule.id} rule={rule} isChosen={rule.id === chosen} effects={effects} />
        ))}
      </ul>
      {rules.length > 1 && <p className="xs pad">{say("order")}</p>}
    </section>
  )
}

function Line({ rule, isChosen, effects }: { rule: Invitation; isChosen: boolean; effects: Effects }) {
  const isSaved = useIsSaved(rule.id)
  const result = effects.results?.find(({ invitation }) => invitation === rule.id)
  return (
    <li>
      <a
        className={`entry ${isSaved ? "" : "new"}`}
        href={`#/setup/invitations/${encodeURIComponent(rule.id)}`}
        aria-current={isChosen ? "true" : undefined}
      >
        <span className="grow cut" dir="auto">
          {rule.text}
        </span>
        {!isSaved && <span className="chip river">{say("new")}</span>}
        <span className="xs cut">
          {rule.pages} {result && `· ${verdictOf(result)}`}
        </span>
      </a>
    </li>
  )
}

// ---- one rule ----------------------------------------------------------------------------------

interface ChosenProps {
  readonly rule: Invitation
  readonly draft: SiteDraft
  readonly effects: Effects
}

function Chosen({ rule, draft, effects }: ChosenProps) {
  const isSaved = useIsSaved(rule.id)
  return (
    <div className="invitepage">
      <RuleForm rule={rule} draft={draft} />
      <Shown rule={rule} draft={draft} />
      <Effect id={rule.id} isSaved={isSaved} effects={effects} />
    </div>
  )
}

function RuleForm({ rule, draft }: Omit<ChosenProps, "effects">) {
  const { readOnly } = useAround()
  const rules = draft.site.invitations
  const set = (change: Partial<Invitation>) => put(draft, changedAt(rules, rule.id, change))
  const problem = draft.problemAt(`invitations/${rule.id}`)
  return (
    <form className="form" onSubmit={(event) => event.preventDefault()}>
      <Head rule={rule} draft={draft} />
      {problem && (
        <p className="notebox red" role="alert">
          {problem}
        </p>
      )}
      <Labelled label={say("text")}>
        {(ids) => (
          <textarea
            {...ids}
            className="input"
            rows={2}
            dir="auto"
            maxLength={TEXT_MAX}
            disabled={readOnly}
            value={rule.text}
            onChange={(event) => set({ text: event.target.value })}
          />
        )}
      </Labelled>
      <Labelled label={say("pages")} hint={say("pages?")}>
        {(ids) => (
          <input
            {...ids}
            className="input"
            maxLength={TEXT_MAX}
            spellCheck={false}
            disabled={readOnly}
            value={rule.pages}
            onChange={(event) => set({ pages: event.target.value })}
          />
        )}
      </Labelled>
      <div className="row wrap pair">
        <Labelled label={say("after_s")}>
          {(ids) => (
            <NumberInput
              {...ids}
              spec={{ is: "seconds", min: 0 }}
              disabled={readOnly}
              value={rule.after_s}
              set={(after_s) => set({ after_s: after_s ?? 0 })}
            />
          )}
        </Labelled>
        <Percent label={say("scroll")} hint={say("scroll?")} share={rule.scroll} set={(scroll) => set({ scroll })} />
      </div>
      <Check label={say("on_exit")} isOn={rule.on_exit} set={(on_exit) => set({ on_exit })} />
      <Percent label={say("share")} hint={shareHint(rule)} share={rule.share} set={(share) => set({ share })} />
    </form>
  )
}

function shareHint({ share }: Invitation): string {
  if (share >= 1) return say("share.all")
  return share <= 0 ? say("share.nobody") : say("share?", { rest: 100 - percent(share) })
}

function Head({ rule, draft }: Omit<ChosenProps, "effects">) {
  const { readOnly } = useAround()
  const rules = draft.site.invitations
  function remove(): void {
    put(draft, without(rules, rule.id))
    goTo("setup", "invitations")
  }
  return (
    <header className="row wrap">
      <h2 className="grow cut" dir="auto">
        {rule.text}
      </h2>
      <code className="xs">{rule.id}</code>
      {!readOnly && rules[0]?.id !== rule.id && (
        <button type="button" className="btn" onClick={() => put(draft, movedUp(rules, rule.id))}>
          {say("up")}
        </button>
      )}
      {!readOnly && (
        <button type="button" className="btn" onClick={remove}>
          {say("remove")}
        </button>
      )}
    </header>
  )
}

interface PercentProps {
  readonly label: string
  readonly hint: string
  readonly share: number
  readonly set: (share: number) => void
}

function Percent({ label, hint, share, set }: PercentProps) {
  const { readOnly } = useAround()
  return (
    <Labelled label={label} hint={hint}>
      {(ids) => (
        <span className="row">
          <NumberInput
            {...ids}
            spec={{ is: "number", min: 0 }}
            disabled={readOnly}
            value={percent(share)}
            set={(value) => set((value ?? 0) / 100)}
          />
          <span className="s">{say("percent")}</span>
        </span>
      )}
    </Labelled>
  )
}

// ---- as the visitor sees it --------------------------------------------------------------------

function Shown({ rule, draft: { site } }: Omit<ChosenProps, "effects">) {
  const look = useMemo<WidgetLook>(
    () => ({ ...site.look, title: site.look.title || site.title, languages: site.languages }),
    [site],
  )
  return (
    <section className="stack invitepreview" aria-label={say("preview")}>
      <h3>{say("preview")}</h3>
      <Preview look={look} isOpen={false} isPhone={false} invite={rule.text} />
    </section>
  )
}
