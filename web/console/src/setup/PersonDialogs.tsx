/** One person: added as a table of one line, changed, given a new password, removed. */

import type { ErrorBody, Person, PersonRole } from "@dryfly/words"
import { type FormEvent, type ReactNode, useState } from "react"
import { Window } from "../parts/Dialog"
import { setupApi } from "./api"
import { Copy } from "./Copy"
import { plainCsvLine } from "./download"
import { Labelled } from "./Form"
import { One } from "./inputs"
import { say, sayError } from "./words"

const ROLES: readonly PersonRole[] = ["agent", "supervisor", "administrator"]

interface DialogProps {
  readonly close: () => void
  readonly changed: () => void
}

function Dialog({ title, close, children }: { title: string; close: () => void; children: ReactNode }) {
  return (
    <Window title={title} close={close}>
      <div className="dialog">{children}</div>
    </Window>
  )
}

function Once({ text, password, close }: { text: string; password: string | null; close: () => void }) {
  return (
    <>
      <p className="notebox" role="status">
        {text}
      </p>
      {password && (
        <div className="row">
          <code className="snippet grow">{password}</code>
          <Copy text={password} />
        </div>
      )}
      <div className="row">
        <button type="button" className="btn main" onClick={close}>
          {say("close")}
        </button>
      </div>
    </>
  )
}

// ---- adding ------------------------------------------------------------------------------------

const COLUMNS = ["email", "name", "role", "team", "skills"] as const
type Row = Record<(typeof COLUMNS)[number], string>

export function AddPerson({ close, changed }: DialogProps) {
  const [row, setRow] = useState<Row>({ email: "", name: "", role: "agent", team: "", skills: "" })
  const [wrong, setWrong] = useState<Partial<Row> & { readonly all?: string }>({})
  const [made, setMade] = useState<{ readonly password: string | null } | null>(null)
  const [isBusy, setBusy] = useState(false)
  const set = (name: keyof Row) => (value: string | null) => setRow({ ...row, [name]: value ?? "" })

  async function add(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    setWrong({})
    try {
      const file = plainCsvLine(COLUMNS) + plainCsvLine(COLUMNS.map((name) => row[name]))
      const seen = await setupApi.lookAtPeople(file)
      const [problem] = seen.problems
      if (problem) setWrong({ [problem.column || "all"]: problem.text })
      else {
        const done = await setupApi.takePeople(file, seen.version)
        setMade({ password: done.passwords[0]?.password ?? null })
        changed()
      }
    } catch (refused) {
      setWrong({ all: sayError(refused as ErrorBody) })
    }
    setBusy(false)
  }

  const line = (name: "email" | "name" | "skills", hint = "") => (
    <Labelled label={say(`people.${name}`)} hint={hint} problem={wrong[name] ?? ""}>
      {(ids) => (
        <input
          {...ids}
          className="input"
          dir="auto"
          type={name === "email" ? "email" : "text"}
          data-autofocus={name === "email" ? true : undefined}
          required={name !== "skills"}
          value={row[name]}
          onChange={(event) => set(name)(event.target.value)}
        />
      )}
    </Labelled>
  )
  if (made)
    return (
      <Dialog title={say("people.add")} close={close}>
        <Once
          text={say(made.password ? "people.made" : "people.made_known", { name: row.name })}
          password={made.password}
          close={close}
        />
      </Dialog>
    )
  return (
    <Dialog title={say("people.add")} close={close}>
      <form className="form" onSubmit={add}>
        {line("email")}
        {line("name")}
        <Role value={row.role as PersonRole} set={set("role")} />
        <Labelled label={say("people.team")} problem={wrong.team ?? ""}>
          {(ids) => <One {...ids} of="teams" isOptional value={row.team || null} set={set("team")} />}
        </Labelled>
        {line("skills", say("people.skills?"))}
        {wrong.all && (
          <p className="wrong" role="alert">
            {wrong.all}
          </p>
        )}
        <div className="row">
          <button type="button" className="btn quiet" onClick={close}>
            {say("cancel")}
          </button>
          <button type="submit" className="btn main" disabled={isBusy}>
            {say("people.add")}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

function Role({ value, set }: { value: PersonRole; set: (role: PersonRole) => void }) {
  return (
    <Labelled label={say("people.role")} hint={say("people.role?")}>
      {(ids) => (
        <select {...ids} className="input" value={value} onChange={(event) => set(event.target.value as PersonRole)}>
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {say(`people.role.${role}`)}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}

// ---- changing ----------------------------------------------------------------------------------

export function EditPerson({ person, close, changed }: DialogProps & { readonly person: Person }) {
  const [draft, setDraft] = useState(person)
  const [error, setError] = useState<ErrorBody | null>(null)
  const [sure, setSure] = useState<"password" | "remove" | null>(null)
  const [password, setPassword] = useState<string | null>(null)
  const { name } = person
  const act = (done: Promise<unknown>) =>
    done.then(() => {
      changed()
      close()
    }, setError)
  function save(event: FormEvent): void {
    event.preventDefault()
    act(setupApi.putPerson(draft))
  }
  if (password)
    return (
      <Dialog title={name} close={close}>
        <Once text={say("people.made", { name })} password={password} close={close} />
      </Dialog>
    )
  return (
    <Dialog title={say("people.edit", { name })} close={close}>
      <form className="form" onSubmit={save}>
        {(["name", "email"] as const).map((field) => (
          <Labelled key={field} label={say(`people.${field}`)}>
            {(ids) => (
              <input
                {...ids}
                className="input"
                required
                dir="auto"
                maxLength={field === "name" ? 120 : 254}
                value={draft[field]}
                onChange={(event) => setDraft({ ...draft, [field]: event.target.value })}
              />
            )}
          </Labelled>
        ))}
        <Role value={draft.role} set={(role) => setDraft({ ...draft, role })} />
        <Labelled label={say("people.agent")}>
          {(ids) => (
            <One {...ids} of="agents" isOptional value={draft.agent} set={(agent) => setDraft({ ...draft, agent })} />
          )}
        </Labelled>
        {error && (
          <p className="wrong" role="alert">
            {sayError(error)}
          </p>
        )}
        {sure && (
          <div className="notebox amber row wrap" role="alert">
            <span className="grow">{say(`people.${sure}.sure`, { name })}</span>
            <button
              type="button"
              className="btn"
              onClick={() =>
                sure === "remove"
                  ? act(setupApi.removePerson(person.id))
                  : setupApi.newPassword(person.id).then((told) => setPassword(told.password), setError)
              }
            >
              {say(`people.${sure}`)}
            </button>
          </div>
        )}
        <div className="row wrap">
          <button type="button" className="btn quiet" onClick={() => setSure("remove")}>
            {say("people.remove")}
          </button>
          <button type="button" className="btn quiet" onClick={() => setSure("password")}>
            {say("people.password")}
          </button>
          <span className="grow" />
          <button type="submit" className="btn main">
            {say("people.save")}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
