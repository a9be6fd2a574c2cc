/** The screens beside the desk: each is a chunk of its own, for those who may see it. */

import type { Me, PersonRole } from "@dryfly/words"
import { type ComponentType, lazy } from "react"
import type { Words } from "./messages.en"

export interface Screen {
  readonly title: keyof Words
  readonly for: readonly PersonRole[]
  readonly Shown: ComponentType<{ me: Me }>
}

const SUPERVISING: readonly PersonRole[] = ["supervisor", "administrator"]

/** By the first part of the address after `#/`. Anything else is the desk. */
export const SCREENS: Readonly<Record<string, Screen>> = {
  floor: { title: "nav.floor", for: SUPERVISING, Shown: lazy(() => import("./floor/Floor")) },
  reports: { title: "nav.reports", for: SUPERVISING, Shown: lazy(() => import("./reports/Reports")) },
  setup: { title: "nav.setup", for: SUPERVISING, Shown: lazy(() => import("./setup/Setup")) },
  walk: { title: "nav.walk", for: SUPERVISING, Shown: lazy(() => import("./walk/Walk")) },
}

export const screensFor = (me: Me): readonly (readonly [string, Screen])[] =>
  Object.entries(SCREENS).filter(([, screen]) => screen.for.includes(me.role))
