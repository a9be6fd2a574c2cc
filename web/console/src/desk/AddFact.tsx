/** What the agent learned, kept where nobody has to ask again. */

import type { Talk } from "@dryfly/words"
import { useState } from "react"
import { useClient } from "../hooks"
import { Dialog } from "../parts/Dialog"
import { Field, Pick } from "../parts/Field"
import { say } from "../say"
import { nameOf } from "./TalkList"

const KEYS = ["name", "order", "email", "phone", "postcode", "need"] as const
const OTHER = ""
const KEY_MAX = 64
const VALUE_MAX = 500

/** As keys of facts are written: "delivery address" is `delivery_address`. */
export const keyOf = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, KEY_MAX)

export function AddFact({ talk, close }: { talk: Talk; close: () => void }) {
  const client = useClient()
  const [known, setKnown] = useState<string>(KEYS[0])
  const [other, setOther] = useState("")
  const [value, setValue] = useState("")
  const key = known === OTHER ? keyOf(other) : known
  const isWhole = key !== "" && value.trim() !== ""
  function submit(): void {
    client.ask({ do: "fact", contact: talk.contact, key, value: value.trim() })
    close()
  }
  const options = [...KEYS.map((name) => ({ value: name, label: say(`fact.name.${name}`) }))]
  return (
    <Dialog
      title={say("fact.title", { name: nameOf(talk) })}
      close={close}
      act={say("fact.submit")}
      doIt={isWhole ? submit : null}
    >
      <Pick
        label={say("fact.what")}
        value={known}
        onChange={(event) => setKnown(event.currentTarget.value)}
        data={[...options, { value: OTHER, label: say("fact.name.other") }]}
        data-autofocus
      />
      {known === OTHER && (
        <Field
          label={say("fact.called")}
          value={other}
          maxLength={KEY_MAX}
          onChange={(event) => setOther(event.currentTarget.value)}
        />
      )}
      <Field
        label={say("fact.value")}
        value={value}
        maxLength={VALUE_MAX}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
    </Dialog>
  )
}
