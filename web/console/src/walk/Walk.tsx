/** Walking the customer's path: choose a script, walk, and read what a customer would have seen. */

import type { Found, Me, WalkPage } from "@dryfly/words"
import { useState } from "react"
import { sayError, speaking } from "../say"
import { en } from "./messages.en"
import { seconds, TimeLine } from "./TimeLine"
import { useWalk, type Walking } from "./useWalk"
import "../styles/walk.css"

const say = speaking(en)

export default function Walk(_: { me: Me }) {
  const walking = useWalk()
  return (
    <main className="walk">
      <h1>{say("title")}</h1>
      <p className="s">{say("purpose")}</p>
      {walking.error && (
        <p className="banner bad" role="alert">
          {sayError(walking.error)}
        </p>
      )}
      {walking.page ? <Walkable page={walking.page} walking={walking} /> : <p className="empty">{say("loading")}</p>}
    </main>
  )
}

function Walkable({ page, walking }: { page: WalkPage; walking: Walking }) {
  return (
    <div className="walk-sides">
      <Chooser page={page} walking={walking} />
      <section className="card walk-seen" aria-live="polite">
        {page.began_at === null ? <p className="empty">{say("empty")}</p> : <Seen page={page} />}
      </section>
    </div>
  )
}

function Chooser({ page, walking }: { page: WalkPage; walking: Walking }) {
  const [chosen, setChosen] = useState(page.scripts[0]?.name ?? "")
  const [text, setText] = useState(page.scripts[0]?.text ?? "")
  const choose = (name: string): void => {
    setChosen(name)
    setText(page.scripts.find((script) => script.name === name)?.text ?? text)
  }
  return (
    <form
      className="card walk-script"
      onSubmit={(event) => {
        event.preventDefault()
        walking.begin(text)
      }}
    >
      <label className="s" htmlFor="walk-chosen">
        {say("script")}
      </label>
      <select id="walk-chosen" value={chosen} onChange={(event) => choose(event.target.value)}>
        {page.scripts.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <label className="s" htmlFor="walk-text">
        {say("own")}
      </label>
      <textarea
        id="walk-text"
        value={text}
        rows={14}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="row">
        <button className="btn main" type="submit" disabled={page.is_walking}>
          {say(page.is_walking ? "running" : "run")}
        </button>
        {page.is_walking && (
          <button className="btn" type="button" onClick={walking.end}>
            {say("end")}
          </button>
        )}
      </div>
    </form>
  )
}

function Seen({ page }: { page: WalkPage }) {
  return (
    <>
      <div className="row walk-head">
        <h2 className="grow cut">{page.name}</h2>
        <Verdict page={page} />
      </div>
      {page.found && <Figures found={page.found} />}
      <TimeLine moments={page.moments} />
    </>
  )
}

function Verdict({ page }: { page: WalkPage }) {
  if (page.found === null) return <span className="chip">{say("good.running")}</span>
  const isGood = page.found.dead_ends.length === 0
  return <span className={isGood ? "chip river" : "chip red"}>{say(isGood ? "good" : "bad")}</span>
}

const told = (s: number | null): string => (s === null ? say("none") : say("seconds", { s: seconds(s * 1000) }))

function Figures({ found }: { found: Found }) {
  return (
    <dl className="walk-figures">
      <Figure label={say("first_answer")} value={told(found.first_answer_s)} />
      <Figure label={say("longest_wait")} value={told(found.longest_wait_s)} />
      <Figure label={say("person_after")} value={told(found.person_after_s)} />
      <Figure label={say("questions")} value={`${found.questions.length}`} />
      <Figure label={say("asked_twice")} value={`${found.asked_twice.length}`} />
    </dl>
  )
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="xs">{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}
