/** Who changed what, the newest first, a page at a time. */

import type { AuditLine, ErrorBody, Person } from "@dryfly/words"
import { useCallback, useEffect, useState } from "react"
import { setupApi } from "./api"
import { isSame, type Json } from "./draft"
import { useAround } from "./Form"
import { say, sayError, sayIf } from "./words"

const PAGE = 50
const VALUES_SHOWN_MAX = 12
const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" })

export default function Audit() {
  const { readOnly } = useAround()
  return readOnly ? <p className="empty">{say("audit.admins")}</p> : <AuditTable />
}

function AuditTable() {
  const [lines, setLines] = useState<readonly AuditLine[]>([])
  const [isAll, setAll] = useState(false)
  const [error, setError] = useState<ErrorBody | null>(null)
  const more = useCallback((before: number | null) => {
    setupApi.audit(before).then((page) => {
      setLines((known) => (before === null ? page : [...known, ...page]))
      setAll(page.length < PAGE)
      setError(null)
    }, setError)
  }, [])
  useEffect(() => more(null), [more])
  const nameOf = useNames(lines)
  return (
    <section className="card pad scroll" aria-label={say("nav.audit")}>
      {error && <p className="wrong">{sayError(error)}</p>}
      {isAll && lines.length === 0 && <p className="empty">{say("audit.none")}</p>}
      {lines.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>{say("audit.when")}</th>
              <th>{say("audit.who")}</th>
              <th>{say("audit.what")}</th>
              <th>{say("audit.change")}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.seq}>
                <td className="time nowrap">{WHEN.format(line.at)}</td>
                <td dir="auto">{nameOf(line.actor)}</td>
                <td>
                  <span className="chip">{sayIf(`audit.${actionOf(line)}`) || line.action.replaceAll("_", " ")}</span>{" "}
                  <code>{line.subject}</code>
                </td>
                <td>
                  <Values values={line.values} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="row pad">
        {isAll ? (
          <span className="s">{lines.length > 0 && say("audit.end")}</span>
        ) : (
          <button type="button" className="btn" onClick={() => more(lines.at(-1)?.seq ?? null)}>
            {say("audit.more")}
          </button>
        )}
      </p>
    </section>
  )
}

const valuesOf = (line: AuditLine) => line.values as { before?: Json; after?: Json }
const actionOf = (line: AuditLine) =>
  line.action === "put" && !valuesOf(line).before && valuesOf(line).after ? "made" : line.action

/** Names are not in the audit, so that a person can be forgotten; they are looked up. */
function useNames(lines: readonly AuditLine[]): (actor: string) => string {
  const [people, setPeople] = useState<ReadonlyMap<string, Person>>(new Map())
  const hasLines = lines.length > 0
  useEffect(() => {
    if (hasLines)
      setupApi.people("", "", 200).then(
        (page) => setPeople(new Map(page.map((person) => [person.id, person]))),
        () => {},
      )
  }, [hasLines])
  return (actor) => {
    const [kind, id = ""] = actor.split(":")
    return kind === "system" ? say("audit.system") : (people.get(id)?.name ?? id)
  }
}

function Values({ values }: { values: object }) {
  const { before = null, after = null } = values as { before?: Json; after?: Json }
  if (after === null || before === null) return null
  const old = new Map(leaves(before))
  const now = new Map(leaves(after))
  const paths = [...new Set([...old.keys(), ...now.keys()])].filter((path) => !isSame(old.get(path), now.get(path)))
  return (
    <ul className="s">
      {paths.slice(0, VALUES_SHOWN_MAX).map((path) => (
        <li key={path} dir="auto">
          <code>{path}</code> {told(old.get(path))} → {told(now.get(path))}
        </li>
      ))}
      {paths.length > VALUES_SHOWN_MAX && <li>{say("import.more", { count: paths.length - VALUES_SHOWN_MAX })}</li>}
    </ul>
  )
}

const told = (value: Json | undefined) =>
  value === undefined ? say("save.nothing") : JSON.stringify(value).slice(0, 200)

function leaves(value: Json, path = ""): [string, Json][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [[path, value]]
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key))
}
