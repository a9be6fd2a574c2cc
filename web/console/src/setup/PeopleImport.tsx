/** A table of people: looked at by the server, then taken whole or not at all. */

import type { ErrorBody, PeopleFileRead, RowProblem } from "@dryfly/words"
import { useEffect, useState } from "react"
import { goTo } from "../hooks"
import { bytes } from "../say"
import { setupApi } from "./api"
import { csvLine, download } from "./download"
import { useAround } from "./Form"
import { Lines } from "./Lines"
import { say, sayError } from "./words"

const BYTES_MAX = 8_000_000
const TEMPLATE = [
  ["email", "name", "role", "team", "display_name", "skills", "languages"],
  ["anna@shop.example", "Anna Berg", "agent", "service", "Anna", "returns=5;billing=3", "de;fr=4"],
  ["sven@shop.example", "Sven Olsen", "supervisor", "", "", "", ""],
]
/** Stays while one looks elsewhere: also the passwords, which nobody is told again. */
let begun: { readonly file: string | Blob; readonly seen: PeopleFileRead | null } = { file: "", seen: null }

export function PeopleImport() {
  const { store, readOnly } = useAround()
  const [file, setFile] = useState(begun.file)
  const [seen, setSeen] = useState(begun.seen)
  const [error, setError] = useState<ErrorBody | null>(null)
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    begun = { file, seen: seen?.done ? seen : null }
  }, [file, seen])
  function write(next: string | Blob): void {
    setFile(next)
    setSeen(null)
    setError(null)
  }
  function ask(answer: Promise<PeopleFileRead>): void {
    setBusy(true)
    setError(null)
    answer
      .then(setSeen, (refused: ErrorBody) => {
        setSeen(null)
        setError(refused)
      })
      .finally(() => setBusy(false))
  }
  function act(version: number): void {
    ask(
      setupApi.takePeople(file, version).then((done) => {
        store.refresh().catch(() => {})
        return done
      }),
    )
  }
  if (readOnly) return <p className="empty">{say("read_only")}</p>
  const size = typeof file === "string" ? file.length : file.size
  return (
    <div className="stack">
      <div className="row">
        <button type="button" className="btn quiet" onClick={() => goTo("setup", "people")}>
          ← {say("import.back")}
        </button>
      </div>
      {seen?.done ? (
        <Done done={seen} again={() => write("")} />
      ) : (
        <section className="card pad stack" aria-label={say("import.title")}>
          <h2>{say("import.title")}</h2>
          <p className="s">{say("import.about")}</p>
          <p className="s">{say("import.columns")}</p>
          <Source file={file} write={write} />
          {size > BYTES_MAX && <p className="wrong">{say("import.too_large", { size: bytes(size) })}</p>}
          <div className="row wrap">
            <button
              type="button"
              className="btn quiet"
              onClick={() => download("people.csv", TEMPLATE.map(csvLine).join(""), "text/csv")}
            >
              {say("import.template")}
            </button>
            <span className="grow" />
            <button
              type="button"
              className={seen ? "btn" : "btn main"}
              disabled={size === 0 || size > BYTES_MAX || isBusy}
              onClick={() => ask(setupApi.lookAtPeople(file))}
            >
              {say(isBusy ? "import.looking" : "import.look")}
            </button>
          </div>
        </section>
      )}
      {error && (
        <p className="notebox red" role="alert">
          {sayError(error)}
        </p>
      )}
      {seen && !seen.done && <Seen seen={seen} isBusy={isBusy} act={() => act(seen.version)} />}
    </div>
  )
}

function Source({ file, write }: { file: string | Blob; write: (file: string | Blob) => void }) {
  return (
    <>
      <div className="row wrap">
        <label className="btn filebutton">
          {say("import.file")}
          <input
            type="file"
            accept=".csv,.tsv,.txt,text/csv"
            className="sr"
            onChange={(event) => event.target.files?.[0] && write(event.target.files[0])}
          />
        </label>
        <span className="s">
          {typeof file === "string" ? say("import.drop") : `${(file as File).name} · ${bytes(file.size)}`}
        </span>
      </div>
      <textarea
        className="input code"
        rows={8}
        spellCheck={false}
        aria-label={say("import.drop")}
        value={typeof file === "string" ? file : ""}
        onChange={(event) => write(event.target.value)}
      />
    </>
  )
}

function Seen({ seen, isBusy, act }: { seen: PeopleFileRead; isBusy: boolean; act: () => void }) {
  return (
    <section className="card pad stack" aria-label={say("save.review_title")} aria-live="polite">
      <p className="s">{say("import.rows", { count: seen.rows_count })}</p>
      {seen.problems_count > 0 ? (
        <Problems problems={seen.problems} count={seen.problems_count} />
      ) : seen.lines.length === 0 ? (
        <p className="notebox">{say("import.same")}</p>
      ) : (
        <>
          <Lines lines={seen.lines} />
          <div className="row">
            <button type="button" className="btn main" disabled={isBusy} onClick={act}>
              {say(isBusy ? "import.acting" : "import.act")}
            </button>
          </div>
        </>
      )}
    </section>
  )
}

function Problems({ problems, count }: { problems: readonly RowProblem[]; count: number }) {
  return (
    <>
      <p className="notebox red" role="alert">
        {say("import.problems", { count })}
      </p>
      <table>
        <thead>
          <tr>
            <th>{say("import.line")}</th>
            <th>{say("import.column")}</th>
            <th>{say("import.problem")}</th>
          </tr>
        </thead>
        <tbody>
          {problems.map((problem) => (
            <tr key={`${problem.line} ${problem.column}`}>
              <td className="time">{problem.line}</td>
              <td>
                <code>{problem.column}</code>
              </td>
              <td dir="auto">{problem.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {count > problems.length && <p className="s">{say("import.problems_more", { count: problems.length })}</p>}
    </>
  )
}

/** Passwords are told once: whoever leaves without them is asked first. */
function Done({ done, again }: { done: PeopleFileRead; again: () => void }) {
  const [isKept, setKept] = useState(done.passwords.length === 0)
  useEffect(() => {
    if (isKept) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener("beforeunload", warn)
    return () => removeEventListener("beforeunload", warn)
  }, [isKept])
  function keep(): void {
    const lines = done.passwords.map((one) => csvLine([one.email, one.name, one.password]))
    download("one-time-passwords.csv", csvLine(["email", "name", "password"]) + lines.join(""), "text/csv")
    setKept(true)
  }
  return (
    <section className="card pad stack" aria-label={say("import.title")}>
      <p className="notebox" role="status">
        {say("import.done", { count: done.lines.length })}
      </p>
      {done.passwords.length > 0 && (
        <>
          <p>{say("import.passwords", { count: done.passwords.length })}</p>
          <div className="row">
            <button type="button" className={isKept ? "btn" : "btn main"} onClick={keep}>
              {say("import.download")}
            </button>
          </div>
        </>
      )}
      <div className="row">
        <button
          type="button"
          className="btn"
          onClick={() => (isKept || confirm(say("import.not_downloaded"))) && again()}
        >
          {say("import.again")}
        </button>
      </div>
      <Lines lines={done.lines} />
    </section>
  )
}
