/** The later parts' own catalogue, in the reader's language. */

import { catalogueOf } from "./languages"
import type { LaterWords } from "./later.en"
import { language } from "./say"

const CATALOGUES: Readonly<Record<string, () => Promise<{ words: LaterWords }>>> = {
  en: () => import("./later.en"),
  de: () => import("./later.de"),
  fr: () => import("./later.fr"),
  es: () => import("./later.es"),
  ar: () => import("./later.ar"),
  tr: () => import("./later.tr"),
}

/** Not there before `ready`. */
export let words: LaterWords

export const ready = (CATALOGUES[catalogueOf(language)] as () => Promise<{ words: LaterWords }>)().then((fetched) => {
  words = fetched.words
})
