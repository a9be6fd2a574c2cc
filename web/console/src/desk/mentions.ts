/** "@" in a note: which colleague is being named, and who is named in the end. Pure. */

import type { Named } from "@dryfly/words"

const BEGUN = /(?:^|\s)@([^\n@]{0,40})$/u
const SHOWN_MAX = 6

/** What was typed after the "@" before the caret; null: no mention is being written. */
export const begun = (text: string, caret: number): string | null => BEGUN.exec(text.slice(0, caret))?.[1] ?? null

export function colleagues(agents: readonly Named[], query: string, me: string | null): readonly Named[] {
  const wanted = query.toLowerCase()
  const others = agents.filter(({ id, title }) => id !== me && title.toLowerCase().includes(wanted))
  const starts = ({ title }: Named) => (title.toLowerCase().startsWith(wanted) ? 0 : 1)
  return others.sort((one, other) => starts(one) - starts(other)).slice(0, SHOWN_MAX)
}

/** The text with the name in place of what was begun, and where the caret is then. */
export function named(text: string, caret: number, name: string): readonly [string, number] {
  const start = text.slice(0, caret).lastIndexOf("@")
  const head = `${text.slice(0, start)}@${name} `
  return [head + text.slice(caret), head.length]
}

/** Ids of those whose names stand in the text. Longer names first: "@Ann Lee" does not mean "@Ann". */
export function mentioned(text: string, agents: readonly Named[]): readonly string[] {
  let rest = text
  const ids: string[] = []
  for (const { id, title } of [...agents].sort((one, other) => other.title.length - one.title.length)) {
    if (title === "" || !rest.includes(`@${title}`)) continue
    ids.push(id)
    rest = rest.replaceAll(`@${title}`, " ")
  }
  return ids
}
