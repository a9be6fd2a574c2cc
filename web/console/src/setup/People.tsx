/** Who may sign in. Changes here act at once: an account is no part of the draft. */

import type { ErrorBody, Person } from "@dryfly/words"
import { useCallback, useEffect, useState } from "react"
import { goTo } from "../hooks"
import { setupApi } from "./api"
import { titleOf, useAround, useEntries } from "./Form"
import { PeopleImport } from "./PeopleImport"
import { AddPerson, EditPerson } from "./PersonDialogs"
import type { PageProps } from "./Setup"
import { say, sayError } from "./words"

const PAGE = 50
const FIND_AFTER_MS = 250

interface Found {
  readonly people: readonly Person[]
  readonly isAll: boolean
}

export default function People({ me, chosen }: PageProps) {
  if (chosen === "import") return <PeopleImport />
  return <PeopleList me={me} />
}

function PeopleList({ me }: Pick<PageProps, "me">) {
  const { store, readOnly } = useAround()
  const [find, setFind] = useState("")
  const [found, setFound] = useState<Found | null>(null)
  const [error, setError] = useState<ErrorBody | null>(null)
  const [open, setOpen] = useState<Person | "new" | null>(null)
  const look = useCallback((text: string, known: readonly Person[]) => {
    setupApi.people(text, known.at(-1)?.id ?? "", PAGE).then((page) => {
      setFound({ people: [...known, ...page], isAll: page.length < PAGE })
      setError(null)
    }, setError)
  }, [])
  useEffect(() => {
    const timer = setTimeout(() => look(find, []), find ? FIND_AFTER_MS : 0)
    return () => clearTimeout(timer)
  }, [find, look])
  function changed(): void {
    look(find, [])
    store.refresh().catch(() => {})
  }
  return (
    <div className="stack">
      <div className="row wrap">
        <input
          className="input grow filter"
          type="search"
          placeholder={say("people.find")}
          aria-label={say("people.find")}
          value={find}
          onChange={(event) => setFind(event.target.value)}
        />
        {!readOnly && (
          <>
            <button type="button" className="btn" onClick={() => goTo("setup", "people", "import")}>
              {say("people.import")}
            </button>
            <button type="button" className="btn main" onClick={() => setOpen("new")}>
              {say("people.add")}
            </button>
          </>
        )}
      </div>
      {error && (
        <p className="notebox red" role="alert">
          {sayError(error)}
        </p>
      )}
      {found === null && !error && <p className="empty">{say("people.loading")}</p>}
      {found && <Table found={found} find={find} mine={me.person} open={readOnly ? null : setOpen} />}
      {found && !found.isAll && (
        <div className="row">
          <button type="button" className="btn" onClick={() => look(find, found.people)}>
            {say("people.more")}
          </button>
        </div>
      )}
      {open === "new" && <AddPerson close={() => setOpen(null)} changed={changed} />}
      {open !== null && open !== "new" && <EditPerson person={open} close={() => setOpen(null)} changed={changed} />}
    </div>
  )
}

interface TableProps {
  readonly found: Found
  readonly find: string
  readonly mine: string
  readonly open: ((person: Person) => void) | null
}

function Table({ found, find, mine, open }: TableProps) {
  const agents = useEntries("agents")
  if (found.people.length === 0)
    return <p className="empty">{find ? say("people.no_match", { find }) : say("people.none")}</p>
  return (
    <section className="card pad scroll" aria-label={say("nav.people")}>
      <table>
        <thead>
          <tr>
            <th>{say("people.name")}</th>
            <th>{say("people.email")}</th>
            <th>{say("people.role")}</th>
            <th>{say("people.agent")}</th>
          </tr>
        </thead>
        <tbody>
          {found.people.map((person) => (
            <tr key={person.id}>
              <td dir="auto">
                {open ? (
                  <button type="button" className="link" onClick={() => open(person)}>
                    {person.name}
                  </button>
                ) : (
                  person.name
                )}{" "}
                {person.id === mine && <span className="chip">{say("people.you")}</span>}
              </td>
              <td>{person.email}</td>
              <td>{say(`people.role.${person.role}`)}</td>
              <td dir="auto">
                {person.agent ? (
                  <a className="link" href={`#/setup/agents/${encodeURIComponent(person.agent)}`}>
                    {titleOf(agents[person.agent], person.agent)}
                  </a>
                ) : (
                  <span className="s">{say("people.agent.none")}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
