/** The quiet menu of a talk: what is done now and then. */

import type { Talk } from "@dryfly/words"
import { Menu } from "@mantine/core"
import { useClient } from "../hooks"
import { say } from "../say"
import type { Opened } from "./TalkActions"

interface MoreProps {
  readonly talk: Talk
  readonly opened: boolean
  readonly onChange: (opened: boolean) => void
  readonly open: (name: Opened) => void
}

export function More({ talk, opened, onChange, open }: MoreProps) {
  const client = useClient()
  const { contact, held } = talk
  return (
    <Menu position="bottom-end" width={230} withinPortal={false} opened={opened} onChange={onChange}>
      <Menu.Target>
        <button type="button" className="btn">
          {say("talk.more")} <kbd>M</kbd>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => open("ask")} rightSection={<kbd>C</kbd>}>
          {say("talk.ask")}
        </Menu.Item>
        <Menu.Item onClick={() => open("merge")} rightSection={<kbd>G</kbd>}>
          {say("talk.merge")}
        </Menu.Item>
        <Menu.Item onClick={() => open("fact")}>{say("talk.fact")}</Menu.Item>
        <Menu.Item onClick={() => client.ask({ do: "hold", contact, held: !held })}>
          {say(held ? "talk.unhold" : "talk.hold")}
        </Menu.Item>
        <Menu.Item onClick={() => client.ask({ do: "park", contact })}>{say("talk.park")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
