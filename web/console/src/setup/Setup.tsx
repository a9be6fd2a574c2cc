/** The set-up: supervisors read it, administrators change it, and every change is in effect at once. */

import "../styles/setup.css"
import type { Me } from "@dryfly/words"
import { type ComponentType, lazy, Suspense, useEffect, useMemo } from "react"
import { goTo, useRoute } from "../hooks"
import { KINDS, type Kind } from "./draft"
import { EntriesPage } from "./Entries"
import { AroundContext } from "./Form"
import type { SetupWords } from "./messages.en"
import { SaveBar } from "./SaveBar"
import { setupOf, useSetup } from "./store"
import { say, sayError } from "./words"

export interface PageProps {
  readonly me: Me
  /** What stands in the address behind the page's name. */
  readonly chosen: string | undefined
}

const PAGES: Readonly<Record<string, ComponentType<PageProps>>> = {
  site: lazy(() => import("./Site")),
  look: lazy(() => import("./Look")),
  invitations: lazy(() => import("./Invitations")),
  channels: lazy(() => import("./Channels")),
  hours: lazy(() => import("./Hours")),
  matrix: lazy(() => import("./Matrix")),
  people: lazy(() => import("./People")),
  image: lazy(() => import("./Image")),
  playbook: lazy(() => import("./PlaybookPage")),
  tree: lazy(() => import("./Tree")),
  audit: lazy(() => import("./Audit")),
}

const GROUPS: readonly (readonly [SetupWords, readonly string[]])[] = [
  ["nav.group.site", ["site", "look", "invitations", "channels", "hours"]],
  ["nav.group.work", ["queues", "skills", "matrix", "agents", "people", "teams"]],
  ["nav.group.talk", ["dispositions", "presence-reasons", "replies", "alerts"]],
  ["nav.group.all", ["image", "playbook", "tree", "audit"]],
]
/** What supervisors change without an administrator. */
const OF_SUPERVISORS: ReadonlySet<string> = new Set(["alerts"])
const NAMES = GROUPS.flatMap(([, names]) => names)

export default function Setup({ me }: { me: Me }) {
  const store = setupOf(me)
  const [, named = "", ...rest] = useRoute()
  const page = NAMES.includes(named) ? named : "site"
  const readOnly = me.role !== "administrator" && !OF_SUPERVISORS.has(page)
  const around = useMemo(() => ({ store, readOnly }), [store, readOnly])
  const chosen = rest[0] === undefined || rest[0] === "" ? undefined : decodeURIComponent(rest.join("/"))
  useEffect(() => store.watch(), [store])
  return (
    <AroundContext value={around}>
      <main className="setup">
        <Nav page={page} />
        <div className="setupmain">
          <header>
            <h1>{say(`nav.${page}` as SetupWords)}</h1>
            <p className="s">{say(`about.${page}` as SetupWords)}</p>
            {readOnly && <p className="notebox amber">{say("read_only")}</p>}
          </header>
          <Content page={page} me={me} chosen={chosen} />
        </div>
        <SaveBar />
      </main>
    </AroundContext>
  )
}

function Content({ page, me, chosen }: PageProps & { page: string }) {
  const store = setupOf(me)
  const isLoaded = useSetup(store, (state) => state.draft !== null)
  const error = useSetup(store, (state) => state.error)
  if (!isLoaded && error)
    return (
      <p className="empty">
        {say("loading.failed", { reason: sayError(error) })}
        <button type="button" className="btn" onClick={() => store.refresh().catch(() => {})}>
          {say("again")}
        </button>
      </p>
    )
  if (!isLoaded) return <p className="empty">{say("loading")}</p>
  if (KINDS.includes(page as Kind)) return <EntriesPage key={page} kind={page as Kind} id={chosen} />
  const Shown = PAGES[page] as ComponentType<PageProps>
  return (
    <Suspense fallback={<p className="empty">{say("loading")}</p>}>
      <Shown me={me} chosen={chosen} />
    </Suspense>
  )
}

function Nav({ page }: { page: string }) {
  return (
    <nav className="setupnav" aria-label={say("nav.label")}>
      <select
        className="input narrownav"
        aria-label={say("nav.label")}
        value={page}
        onChange={(event) => goTo("setup", event.target.value)}
      >
        {GROUPS.map(([title, names]) => (
          <optgroup key={title} label={say(title)}>
            {names.map((name) => (
              <option key={name} value={name}>
                {say(`nav.${name}` as SetupWords)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <div className="widenav">
        {GROUPS.map(([title, names]) => (
          <section key={title}>
            <h2>{say(title)}</h2>
            {names.map((name) => (
              <a key={name} href={`#/setup/${name}`} aria-current={name === page ? "page" : undefined}>
                {say(`nav.${name}` as SetupWords)}
              </a>
            ))}
          </section>
        ))}
      </div>
    </nav>
  )
}
