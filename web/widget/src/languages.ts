/** Which language the widget speaks, and what its button says before anything else is fetched. */

export const LABELS: Readonly<Record<string, string>> = {
  en: "Chat with us",
  de: "Schreiben Sie uns",
  fr: "Discuter avec nous",
  es: "Escríbanos",
  ar: "تحدّث معنا",
  tr: "Bize yazın",
}

const base = (tag: string): string => tag.toLowerCase().split("-")[0] as string

/**
 * The page's own language; else the first of the reader's that the site speaks; else the site's first; else English.
 * The answer keeps the region ("de-AT"), so that times and numbers are written as they are there.
 */
export function chosen(page: string, readers: readonly string[], sites: readonly string[], ours = LABELS): string {
  const has = (tag: string) => base(tag) in ours
  if (page && has(page)) return regional(page, readers)
  const spoken = sites.filter(has)
  const reader = readers.find((tag) => spoken.some((site) => base(site) === base(tag)))
  return reader ?? spoken[0] ?? "en"
}

const regional = (tag: string, readers: readonly string[]): string =>
  readers.find((reader) => base(reader) === tag.toLowerCase()) ?? tag

export const catalogueOf = base
export const isFromRight = (language: string): boolean => base(language) === "ar"
