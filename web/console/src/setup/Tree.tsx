/** The whole set-up as one YAML text: out, compared, and in. The same as `dryfly config`. */

import type { ErrorBody, TreeDifference } from "@dryfly/words"
import { useEffect, useState } from "react"
import { setupApi } from "./api"
import { download } from "./download"
import { useAround } from "./Form"
import { Lines } from "./Lines"
import { useSetup } from "./store"
import { say, sayError } from "./words"

/** Stays while one looks elsewhere. */
let begun = ""

export default function Tree() {
  const { store, readOnly } = useAround()
  const hasDraft = useSetup(store, (state) => Object.keys(state.edits).length > 0)
  return (
    <div className="stack">
      {hasDraft && <p className="notebox amber">{say("tree.draft")}</p>}
      <Export />
      {!readOnly && <Apply />}
    </div>
  )
}

function Export() {
  const { store } = useAround()
  const version = useSetup(store, (state) => state.seen?.version ?? 0)
  const [shown, setShown] = useState<string | null>(null)
  const [error, setError] = useState<ErrorBody | null>(null)
  const fetchTree = (use: (text: string) => void) => () =>
    setupApi.tree().then((text) => {
      setError(null)
      use(text)
    }, setError)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown is of one version
  useEffect(() => setShown(null), [version])
  return (
    <section className="card pad stack" aria-label={say("tree.export")}>
      <div className="row wrap">
        <h2 className="grow">
          {say("tree.export")} <span className="xs">{say("version", { version })}</span>
        </h2>
        <button
          type="button"
          className="btn"
          aria-expanded={shown !== null}
          onClick={shown === null ? fetchTree(setShown) : () => setShown(null)}
        >
          {say("tree.show")}
        </button>
        <button
          type="button"
          className="btn"
          onClick={fetchTree((text) => download("dryfly.yaml", text, "application/yaml"))}
        >
          {say("tree.download")}
        </button>
      </div>
      {error && <p className="wrong">{sayError(error)}</p>}
      {shown !== null && (
        <textarea className="input code" rows={20} readOnly aria-label={say("tree.export")} value={shown} />
      )}
    </section>
  )
}

function Apply() {
  const { store } = useAround()
  const [text, setText] = useState(begun)
  const [told, setTold] = useState<TreeDifference | null>(null)
  const [error, setError] = useState<ErrorBody | null>(null)
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    begun = text
  }, [text])
  function write(next: string): void {
    setText(next)
    setTold(null)
    setError(null)
  }
  function ask(answer: Promise<TreeDifference>): void {
    setBusy(true)
    setError(null)
    answer
      .then(setTold, (refused: ErrorBody) => {
        setTold(null)
        setError(refused)
      })
      .finally(() => {
        setBusy(false)
        store.refresh().catch(() => {})
      })
  }
  return (
    <section className="card pad stack" aria-label={say("tree.apply")}>
      <h2>{say("tree.apply")}</h2>
      <p className="s">{say("tree.apply?")}</p>
      <textarea
        className="input code"
        rows={12}
        spellCheck={false}
        aria-label={say("tree.paste")}
        placeholder={say("tree.paste")}
        value={text}
        onChange={(event) => write(event.target.value)}
      />
      <div className="row wrap">
        <label className="btn filebutton">
          {say("tree.file")}
          <input
            type="file"
            accept=".yaml,.yml"
            className="sr"
            onChange={(event) => event.target.files?.[0]?.text().then(write)}
          />
        </label>
        <span className="grow" />
        <button
          type="button"
          className="btn"
          disabled={text.trim() === "" || isBusy}
          onClick={() => ask(setupApi.diffTree(text))}
        >
          {say(isBusy ? "tree.looking" : "tree.diff")}
        </button>
      </div>
      {error && (
        <p className="notebox red" role="alert">
          {sayError(error)}
        </p>
      )}
      {told && <Lines lines={told.lines} />}
      {told?.done && (
        <p className="notebox" role="status">
          {say("tree.done", { version: told.version })}
        </p>
      )}
      {told && !told.done && told.lines.length > 0 && (
        <div className="row">
          <button
            type="button"
            className="btn main"
            disabled={isBusy}
            onClick={() => ask(setupApi.applyTree(text, told.version))}
          >
            {say("tree.act", { version: told.version })}
          </button>
        </div>
      )}
    </section>
  )
}
