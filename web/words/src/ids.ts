/** Ids that sort by the time they were made: 48 bits of milliseconds, then 80 random bits (as `platform.ids`). */

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
const TIME_LETTERS = 10
const RANDOM_LETTERS = 16

/** From 0 up to, but not including, 1. */
export type Random = () => number

export function newId(now: number, random: Random): string {
  let id = ""
  for (let rest = now, i = 0; i < TIME_LETTERS; i++, rest = Math.floor(rest / 32)) id = ALPHABET[rest % 32] + id
  for (let i = 0; i < RANDOM_LETTERS; i++) id += ALPHABET[Math.floor(random() * 32)]
  return id
}

/** The milliseconds that an id carries. */
export function instantOf(id: string): number {
  return [...id.slice(0, TIME_LETTERS)].reduce((time, letter) => time * 32 + ALPHABET.indexOf(letter), 0)
}

export const secureRandom: Random = () => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32
