/**
 * This browser's session works at another site now, or with other rights. The page begins anew: nothing of the old
 * site stays in its memory, and every screen is what the server says it is for these rights.
 */

import type { Me } from "@dryfly/words"
import { api } from "./api"
import { SCREENS } from "./screens"

/** With these the server closes a socket that may come back with other rights. */
export const MOVED: ReadonlySet<string> = new Set(["site_changed", "rights_changed"])

/** At the same screen, if it is one of every site; a talk belongs to its own. */
export function beginAnew(): void {
  const screen = location.hash.replace(/^#\/?/, "").split("/")[0] ?? ""
  history.replaceState(null, "", `#/${screen in SCREENS ? screen : ""}`)
  location.reload()
}

const isSame = (one: Me, other: Me) => one.site === other.site && one.role === other.role && one.agent === other.agent

/** Who is signed out, or cannot reach the server, is told so by the connection itself. */
export function lookAgain(me: Me): void {
  api.session().then(
    ({ me: now }) => !isSame(me, now) && beginAnew(),
    () => undefined,
  )
}
