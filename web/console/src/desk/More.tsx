/** The quiet menu of a talk: what is done now and then. */

import type { Talk } from "@dryfly/words"
import { useClient } from "../hooks"
import { Menu, MenuItem } from "../parts/Menu"
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
    <Menu
      face={
        <>
          {say("talk.more")} <kbd>M</kbd>
        </>
      }
      opened={opened}
      onChange={onChange}
    >
      <MenuItem onClick={() => open("ask")} aside={<kbd>C</kbd>}>
        {say("talk.ask")}
      </MenuItem>
      <MenuItem onClick={() => open("merge")} aside={<kbd>G</kbd>}>
        {say("talk.merge")}
      </MenuItem>
      <MenuItem onClick={() => open("fact")}>{say("talk.fact")}</MenuItem>
      <MenuItem onClick={() => client.ask({ do: "hold", contact, held: !held })}>
        {say(held ? "talk.unhold" : "talk.hold")}
      </MenuItem>
      <MenuItem onClick={() => client.ask({ do: "park", contact })}>{say("talk.park")}</MenuItem>
    </Menu>
  )
}
