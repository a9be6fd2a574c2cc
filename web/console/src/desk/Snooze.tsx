/** Put a talk aside until a time: one of those that people say, or a date and time. */

import "@mantine/core/styles/ModalBase.css"
import "@mantine/core/styles/Modal.css"
import "@mantine/core/styles/Overlay.css"
import "@mantine/core/styles/Paper.css"
import type { Talk } from "@dryfly/words"
import { Menu, Modal } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { goTo, useClient, useNow } from "../hooks"
import { Field } from "../parts/Field"
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
      <Menu position="bottom-end" width={290} withinPortal={false} opened={opened} onChange={onChange}>
        <Menu.Target>
          <button type="button" className="btn">
            {say("talk.snooze")} <kbd>Z</kbd>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {snoozeChoices(now).map(([name, at]) => (
            <Menu.Item key={name} onClick={() => snooze(at)} rightSection={<span className="s">{ahead(at, now)}</span>}>
              {say(`snooze.${name}`)}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => setChoosing(true)}>{say("snooze.other")}</Menu.Item>
        </Menu.Dropdown>
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
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (isAhead) snooze(until)
  }
  return (
    <Modal
      opened
      onClose={close}
      title={say("snooze.title", { name: nameOf(talk) })}
      lockScroll={false}
      closeButtonProps={{ "aria-label": say("cancel") }}
      centered
    >
      <form className="dialog" onSubmit={submit}>
        <Field
          type="datetime-local"
          label={say("snooze.when")}
          min={fieldOf(now)}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
          error={isAhead ? null : say("snooze.past")}
          data-autofocus
        />
        <div className="row">
          <button type="button" className="btn quiet" onClick={close}>
            {say("cancel")}
          </button>
          <button type="submit" className="btn main" disabled={!isAhead}>
            {say("snooze.submit")}
          </button>
        </div>
      </form>
    </Modal>
  )
}
