/** Sentences from a catalogue: `{name}`, and `{count, plural, one {…} other {…}}` where `#` is the number. */

const PLURAL = /\{(\w+), plural, one \{([^}]*)\} other \{([^}]*)\}\}/g

export type Values = Readonly<Record<string, string | number | null>>

export function sentence(text: string, values: Values = {}): string {
  return text
    .replace(PLURAL, (_, name: string, one: string, other: string) => {
      const count = Number(values[name])
      return (count === 1 ? one : other).replace("#", `${count}`)
    })
    .replace(/\{(\w+)\}/g, (_, name: string) => `${values[name] ?? ""}`)
}
