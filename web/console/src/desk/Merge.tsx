/** Another open talk of the same customer comes into this one. */

import type { Me, StoryTalk, Talk } from "@dryfly/words"
import { useState } from "react"
import { useClient, useDesk, useNow } from "../hooks"
import { Dialog } from "../parts/Dialog"
import { moment, sayCode, speaking } from "../say"
import { candidates, type Other } from "./merging"
import { en } from "./merging.en"

const say = speaking(en)
const NO_STORY: readonly StoryTalk[] = []
const NO_TALKS: readonly Talk[] = []

interface Opened {
  readonly channel: string
  readonly opened_at: number
}

/** A contact in words: where, and since when. */
export const sayOther = ({ channel, opened_at }: Opened, now: number): string =>
  say("other", { channel: sayCode("channel", channel, {}, channel), time: moment(opened_at, now) })

function sayChoice(other: Other, now: number): string {
  const told = sayOther(other, now)
  const named = other.isKnown || !other.name ? told : say("of_mine", { name: other.name, other: told })
  return other.need ? say("with_need", { other: named, need: other.need }) : named
}

export function Merge({ talk, me, close }: { talk: Talk; me: Me; close: () => void }) {
  const client = useClient()
  const story = useDesk((view) => view.pages[talk.contact]?.page?.customer?.story.talks ?? NO_STORY)
  const talks = useDesk((view) => view.desk?.talks ?? NO_TALKS)
  const others = candidates(talk, story, talks, me)
  const [wanted, setWanted] = useState<string | null>(null)
  const [isSame, setSame] = useState(false)
  const chosen = others.find(({ contact }) => contact === wanted) ?? others[0]
  const isReady = chosen !== undefined && (chosen.isKnown || isSame)
  function choose(contact: string): void {
    setWanted(contact)
    setSame(false)
  }
  function submit(): void {
    if (!chosen) return
    client.ask({ do: "merge", contact: chosen.contact, into: talk.contact, confirmed: isSame })
    close()
  }
  return (
    <Dialog
      title={say("title")}
      close={close}
      act={
        <>
          {say("submit")} <kbd>Ctrl ↵</kbd>
        </>
      }
      doIt={isReady ? submit : null}
    >
      {chosen ? (
        <Choices others={others} chosen={chosen} choose={choose} />
      ) : (
        <div className="absent">
          <b>{say("none")}</b>
          <p className="s">{say("none_hint")}</p>
        </div>
      )}
      {chosen && !chosen.isKnown && (
        <label className="choice">
          <input type="checkbox" checked={isSame} onChange={(event) => setSame(event.currentTarget.checked)} />
          <span>
            {say("same")} <span className="xs">{say("same_hint")}</span>
          </span>
        </label>
      )}
      {chosen && <p className="s">{say("hint")}</p>}
    </Dialog>
  )
}

interface ChoicesProps {
  readonly others: readonly Other[]
  readonly chosen: Other
  readonly choose: (contact: string) => void
}

function Choices({ others, chosen, choose }: ChoicesProps) {
  const now = useNow()
  return (
    <fieldset className="choices">
      <legend className="s">{say("which")}</legend>
      {others.map((other) => (
        <label key={other.contact} className="choice">
          <input
            type="radio"
            name="merge"
            checked={other.contact === chosen.contact}
            onChange={() => choose(other.contact)}
            data-autofocus={other.contact === chosen.contact || undefined}
          />
          <span dir="auto">{sayChoice(other, now)}</span>
        </label>
      ))}
    </fieldset>
  )
}
