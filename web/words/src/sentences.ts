/**
 * Sentences from a catalogue: `{name}`, and `{count, plural, one {…} other {…}}` where `#` is the number. Any of the
 * language's forms may be there (zero, one, two, few, many, other); one that is not is told as `other`.
 */

const PLURAL = /\{(\w+), plural,((?: \w+ \{[^}]*\})+)\}/g
const FORM = /(\w+) \{([^}]*)\}/g

/** Signs that turn the direction of what follows. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g

/** A name that cannot rearrange the screen around it. */
export const straight = (name: string): string => name.replace(TURNING, "")

export type Values = Readonly<Record<string, string | number | null>>

/** How a language counts. Made once, and only where something is counted: both are slow to make. */
const counting = new Map<string, readonly [Intl.PluralRules, Intl.NumberFormat]>()

function countingIn(language: string): readonly [Intl.PluralRules, Intl.NumberFormat] {
  const known = counting.get(language) ?? [new Intl.PluralRules(language), new Intl.NumberFormat(language)]
  counting.set(language, known)
  return known
}

function plural(count: number, forms: string, language: string): string {
  const told = Object.fromEntries([...forms.matchAll(FORM)].map(([, form, text]) => [form, text]))
  const [rules, number] = countingIn(language)
  const text = told[rules.select(count)] ?? told.other ?? ""
  return text.replace("#", number.format(count))
}

export function sentence(text: string, values: Values = {}, language = "en"): string {
  return text
    .replace(PLURAL, (_, name: string, forms: string) => plural(Number(values[name]), forms, language))
    .replace(/\{(\w+)\}/g, (_, name: string) => straight(`${values[name] ?? ""}`))
}
