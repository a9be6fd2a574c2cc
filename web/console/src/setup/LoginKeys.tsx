/**
 * Keys that sign customers in. They act at once and are no part of the draft: a secret must neither wait in this
 * browser nor be shown twice.
 */

import type { ErrorBody, LoginAlgorithm, LoginKey } from "@dryfly/words"
import { type FormEvent, useState } from "react"
import { setupApi } from "./api"
import { Copy } from "./Copy"
import { type Entry, entryAt, type Json, withValue } from "./draft"
import { Labelled, RemoveButton, useAround } from "./Form"
import type { SiteDraft } from "./siteDraft"
import { useSetup } from "./store"
import { say, sayError } from "./words"

const ALGORITHMS: readonly LoginAlgorithm[] = ["HS256", "ES256", "EdDSA"]
const SECRET_BYTES = 32

function newSecret(): string {
  const random = crypto.getRandomValues(new Uint8Array(SECRET_BYTES))
  return btoa(String.fromCharCode(...random))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "")
}

export function LoginKeys({ draft: { problemAt } }: { draft: SiteDraft }) {
  const { store, readOnly } = useAround()
  const seen = useSetup(store, (state) => state.seen)
  const [error, setError] = useState<ErrorBody | null>(null)
  const [made, setMade] = useState<LoginKey | null>(null)
  const [isMaking, setMaking] = useState(false)
  if (!seen) return null
  const keys = seen.site.login_keys

  async function act(next: readonly LoginKey[]): Promise<boolean> {
    const before = seen && entryAt(seen, "site")
    if (!before) return false
    const after = withValue(before, ["login_keys"], next as unknown as Json) as Entry
    try {
      await setupApi.edit({ site: { before, after } }, true)
      setError(null)
      return true
    } catch (refused) {
      setError(refused as ErrorBody)
      return false
    } finally {
      store.refresh().catch(() => {})
    }
  }
  async function add(key: LoginKey): Promise<void> {
    if (!(await act([...keys, key]))) return
    setMaking(false)
    if (key.algorithm === "HS256") setMade(key)
  }
  return (
    <section className="card pad stack" aria-label={say("site.keys")}>
      <h2>{say("site.keys")}</h2>
      <p className="xs">
        {say("site.keys?")} {say("site.keys.acts")}
      </p>
      {keys.length === 0 && <p className="s">{say("site.keys.none")}</p>}
      <ul className="stack">
        {keys.map((key) => (
          <li key={key.id} className="row">
            <code>{key.id}</code>
            <span className="chip">{key.algorithm}</span>
            <span className="s grow">{say(key.algorithm === "HS256" ? "site.keys.secret" : "site.keys.public")}</span>
            {!readOnly && (
              <RemoveButton
                label={say("site.keys.remove", { id: key.id })}
                remove={() => act(keys.filter((other) => other.id !== key.id))}
              />
            )}
          </li>
        ))}
      </ul>
      {made && (
        <div className="notebox stack" role="status">
          <p>{say("site.keys.made")}</p>
          <div className="row wrap">
            <code className="snippet grow">{made.key}</code>
            <Copy text={made.key} />
            <button type="button" className="btn" onClick={() => setMade(null)}>
              {say("close")}
            </button>
          </div>
        </div>
      )}
      {(error || problemAt("login_keys")) && (
        <p className="wrong" role="alert">
          {error ? sayError(error) : problemAt("login_keys")}
        </p>
      )}
      {!readOnly && !isMaking && (
        <div className="row">
          <button type="button" className="btn" onClick={() => setMaking(true)}>
            {say("site.keys.make")}
          </button>
        </div>
      )}
      {isMaking && <NewKey add={add} close={() => setMaking(false)} />}
    </section>
  )
}

function NewKey({ add, close }: { add: (key: LoginKey) => void; close: () => void }) {
  const [id, setId] = useState("web")
  const [algorithm, setAlgorithm] = useState<LoginAlgorithm>("HS256")
  const [pem, setPem] = useState("")
  function make(event: FormEvent): void {
    event.preventDefault()
    add({ id: id.trim(), algorithm, key: algorithm === "HS256" ? newSecret() : pem.trim() })
  }
  return (
    <form className="form" onSubmit={make}>
      <Labelled label={say("site.keys.id")}>
        {(ids) => (
          <input
            {...ids}
            className="input"
            required
            maxLength={64}
            value={id}
            onChange={(event) => setId(event.target.value)}
          />
        )}
      </Labelled>
      <Labelled label={say("site.keys.algorithm")}>
        {(ids) => (
          <select
            {...ids}
            className="input"
            value={algorithm}
            onChange={(event) => setAlgorithm(event.target.value as LoginAlgorithm)}
          >
            {ALGORITHMS.map((one) => (
              <option key={one} value={one}>
                {one} ({say(one === "HS256" ? "site.keys.secret" : "site.keys.public")})
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {algorithm !== "HS256" && (
        <Labelled label={say("site.keys.pem")}>
          {(ids) => (
            <textarea
              {...ids}
              className="input code"
              rows={5}
              required
              value={pem}
              onChange={(event) => setPem(event.target.value)}
            />
          )}
        </Labelled>
      )}
      <div className="row">
        <button type="button" className="btn quiet" onClick={close}>
          {say("cancel")}
        </button>
        <button type="submit" className="btn main">
          {say("site.keys.make")}
        </button>
      </div>
    </form>
  )
}
