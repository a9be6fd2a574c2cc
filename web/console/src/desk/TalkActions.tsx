/** What its agent can do with a talk, beside writing: in sight what is done often, in a menu what is not. */

import type { Me, Talk } from "@dryfly/words"
import { useMemo, useState } from "react"
import { type Action, useActions } from "../actions"
import { useClient, useKeys } from "../hooks"
import { en } from "../parts/commands.en"
import { say, speaking } from "../say"
import { AddFact } from "./AddFact"
import { AskColleague } from "./AskColleague"
import { Merge } from "./Merge"
import { More } from "./More"
import { Snooze } from "./Snooze"
import { Transfer } from "./Transfer"

/** What is open over the talk. One at a time. */
export type Opened = "transfer" | "snooze" | "more" | "ask" | "fact" | "merge" | null

const sayAction = speaking(en)
const NAMED = { t: "act.transfer", z: "act.snooze", e: "act.finish", c: "act.ask", g: "act.merge" } as const

/** What the keys do, by name. */
const named = (keys: Readonly<Record<string, () => void>>): readonly Action[] =>
  Object.entries(NAMED).flatMap(([key, title]) => {
    const run = keys[key]
    return run ? [{ id: title, title: sayAction(title), keys: key.toUpperCase(), run }] : []
  })

export function TalkActions({ talk, me }: { talk: Talk; me: Me }) {
  const client = useClient()
  const [opened, open] = useState<Opened>(null)
  const { contact } = talk
  const isActive = talk.state === "active"
  const close = () => open(null)
  /** A menu that closes because of what was chosen in it must not close that. */
  const shows = (name: Opened) => (is: boolean) => open((now) => (is ? name : now === name ? null : now))
  const keys = useMemo((): Record<string, () => void> => {
    const always = { z: () => open("snooze"), e: () => client.ask({ do: "finish", contact }) }
    if (!isActive) return always
    return { ...always, t: () => open("transfer"), c: () => open("ask"), g: () => open("merge"), m: () => open("more") }
  }, [client, contact, isActive])
  useKeys(keys)
  useActions(useMemo(() => named(keys), [keys]))
  return (
    <div className="row actions">
      {isActive && (
        <button type="button" className="btn" onClick={() => open("transfer")}>
          {say("talk.transfer")} <kbd>T</kbd>
        </button>
      )}
      <Snooze talk={talk} opened={opened === "snooze"} onChange={shows("snooze")} />
      <button type="button" className="btn" onClick={keys.e}>
        {say("talk.finish")} <kbd>E</kbd>
      </button>
      {isActive && <More talk={talk} opened={opened === "more"} onChange={shows("more")} open={open} />}
      {opened === "transfer" && <Transfer talk={talk} me={me} close={close} />}
      {opened === "ask" && <AskColleague talk={talk} me={me} close={close} />}
      {opened === "merge" && <Merge talk={talk} me={me} close={close} />}
      {opened === "fact" && <AddFact talk={talk} close={close} />}
    </div>
  )
}
