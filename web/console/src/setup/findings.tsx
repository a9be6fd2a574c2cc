/** What the server says of the draft before it is saved: what it would refuse, and what will surprise. */

import type { Finding, Values } from "@dryfly/words"
import { useEffect, useState } from "react"
import { speaking } from "../say"
import { setupApi } from "./api"
import { useAround } from "./Form"
import { en } from "./routing.en"
import { useSetup } from "./store"
import { sayError } from "./words"

export const say = speaking(en)

const SETTLED_MS = 300
const NONE: readonly Finding[] = []

/** Of everything in the draft, once the writing pauses. What cannot be asked now is told when it is saved. */
export function useFindings(): readonly Finding[] {
  const { store, readOnly } = useAround()
  const edits = useSetup(store, (state) => state.edits)
  const version = useSetup(store, (state) => state.seen?.version)
  const [found, setFound] = useState(NONE)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version may say something else
  useEffect(() => {
    let isWanted = true
    const isChanged = Object.keys(edits).length > 0 && !readOnly
    const timer = setTimeout(() => {
      const asked = isChanged ? setupApi.edit(edits, false).then(({ findings }) => findings) : setupApi.findings()
      asked.then((told) => isWanted && setFound(told)).catch(() => {})
    }, SETTLED_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [edits, version, readOnly])
  return found
}

/** Those at a place or below it: "spec.overflow[1]" within "spec.overflow". */
export const below = (found: readonly Finding[], place: string): readonly Finding[] =>
  found.filter(({ where }) => where === place || where.startsWith(`${place}.`) || where.startsWith(`${place}[`))

export function sayFinding({ code, text, values, refused }: Finding): string {
  const key = `${refused ? "error" : "finding"}.${code}`
  if (key in en) return say(key as keyof typeof en, values as Values)
  return refused ? sayError({ code, text, values }) : text
}

export function Findings({ found }: { found: readonly Finding[] }) {
  const told = [...new Map(found.map((one) => [`${one.refused} ${sayFinding(one)}`, one])).values()]
  return told.map((one) => (
    <p key={`${one.code} ${one.where}`} className={one.refused ? "wrong s" : "warned s"} role="status">
      {sayFinding(one)}
    </p>
  ))
}
