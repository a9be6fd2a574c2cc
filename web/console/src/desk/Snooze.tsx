/** Put a talk aside until a time: one of those that people say, or a date and time. */

import type { Talk } from "@dryfly/words"
import { useState } from "react"
import { goTo, useClient, useNow } from "../hooks"
import { Dialog } from "../parts/Dialog"
import { Field } from "../parts/Field"
import { Menu, MenuItem } from "../parts/Menu"
import { ahead, say } from "../say"
import { fieldOf, snoozeChoices } from "./snoozeTimes"
import { nameOf } from "./TalkList"

const MINUTE_MS = 60_000

function useSnooze(talk: Talk): (until: number) => void {
  const client = useClient()
  return (until) => {
    client.ask({ do: "snooze", contact: talk.contact, until })
    goTo("")
  }
}

interface SnoozeProps {
  readonly talk: Talk
  readonly opened: boolean
  readonly onChange: (opened: boolean) => void
}

export function Snooze({ talk, opened, onChange }: SnoozeProps) {
  const snooze = useSnooze(talk)
  const now = useNow()
  const [isChoosing, setChoosing] = useState(false)
  return (
    <>
      <Menu
        face={
          <>
            {say("talk.snooze")} <kbd>Z</kbd>
          </>
        }
        opened={opened}
        onChange={onChange}
      >
        {snoozeChoices(now).map(([name, at]) => (
          <MenuItem key={name} onClick={() => snooze(at)} aside={<span className="s">{ahead(at, now)}</span>}>
            {say(`snooze.${name}`)}
          </MenuItem>
        ))}
        <MenuItem onClick={() => setChoosing(true)}>{say("snooze.other")}</MenuItem>
      </Menu>
      {isChoosing && <ChooseTime talk={talk} close={() => setChoosing(false)} />}
    </>
  )
}

function ChooseTime({ talk, close }: { talk: Talk; close: () => void }) {
  const snooze = useSnooze(talk)
  const now = useNow()
  const [value, setValue] = useState(() =>
    fieldOf(snoozeChoices(now).find(([name]) => name === "tomorrow")?.[1] ?? now),
  )
  const until = new Date(value).getTime()
  const isAhead = until > now + MINUTE_MS
  return (
    <Dialog
      title={say("snooze.title", { name: nameOf(talk) })}
      close={close}
      act={say("snooze.submit")}
      doIt={isAhead ? () => snooze(until) : null}
    >
      <Field
        type="datetime-local"
        label={say("snooze.when")}
        min={fieldOf(now)}
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
        error={isAhead ? null : say("snooze.past")}
        data-autofocus
      />
    </Dialog>
  )
}
