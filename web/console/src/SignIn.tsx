import type { ErrorBody, SignedIn } from "@dryfly/words"
import { type FormEvent, type ReactNode, useState } from "react"
import { api } from "./api"
import { Field } from "./parts/Field"
import { say, sayError } from "./say"

interface FormProps {
  readonly title: string
  readonly hint: string
  readonly submit: string
  readonly send: (form: FormData) => Promise<SignedIn>
  readonly done: (session: SignedIn) => void
  readonly children: ReactNode
}

function Form({ title, hint, submit, send, done, children }: FormProps) {
  const [error, setError] = useState("")
  const [isBusy, setBusy] = useState(false)
  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    setBusy(true)
    send(new FormData(event.currentTarget)).then(done, (refused: ErrorBody) => {
      setBusy(false)
      setError(sayError(refused))
    })
  }
  return (
    <main className="sign">
      <form className="card" onSubmit={onSubmit}>
        <p className="brand">Dryfly</p>
        <h1>{title}</h1>
        {hint && <p className="s">{hint}</p>}
        {children}
        <p className="wrong" role="alert">
          {error}
        </p>
        <button type="submit" className="btn main" disabled={isBusy}>
          {submit}
        </button>
      </form>
    </main>
  )
}

const text = (form: FormData, name: string): string => String(form.get(name) ?? "")

export function SignIn({ hint, done }: { hint: string; done: (session: SignedIn) => void }) {
  const send = (form: FormData) => api.signIn(text(form, "email").trim(), text(form, "password"))
  return (
    <Form title={say("signin.title")} hint={hint} submit={say("signin.submit")} send={send} done={done}>
      <Field label={say("signin.email")} name="email" type="email" autoComplete="username" autoFocus />
      <Field label={say("signin.password")} name="password" type="password" autoComplete="current-password" />
    </Form>
  )
}

interface ChangeProps {
  readonly email: string
  readonly done: (session: SignedIn) => void
}

export function ChangePassword({ email, done }: ChangeProps) {
  const send = (form: FormData) => api.changePassword(text(form, "old"), text(form, "new"))
  return (
    <Form
      title={say("signin.change")}
      hint={say("signin.change_hint")}
      submit={say("signin.change_submit")}
      send={send}
      done={done}
    >
      {/* For password managers: whose password this is. */}
      <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field label={say("signin.old")} name="old" type="password" autoComplete="current-password" />
      <Field label={say("signin.new")} name="new" type="password" autoComplete="new-password" />
    </Form>
  )
}
