/** Short tones, made here: no file to fetch. Quiet, and told apart by their intervals. */

import type { Occasion } from "../preferences"

/** What is told of on the desk, and what is raised on the floor. */
export type Sound = Occasion | "alert"

/** Hertz, one after the other. */
const TONES: Readonly<Record<Sound, readonly number[]>> = {
  offer: [660, 880, 660, 880],
  message: [740],
  mention: [880, 660],
  alert: [520, 520, 520],
}
const TONE_S = 0.14
const LOUDNESS = 0.08

let context: AudioContext | null = null

/** Browsers make no sound before somebody has touched the page, and complain of those who try. */
export const canPlay = (): boolean => navigator.userActivation?.hasBeenActive ?? false

export function play(occasion: Sound): void {
  if (!canPlay()) return
  try {
    context ??= new AudioContext()
    if (context.state === "suspended") void context.resume()
    for (const [at, hertz] of TONES[occasion].entries()) tone(context, hertz, at * TONE_S)
  } catch {
    // A machine without sound shows what it has to say.
  }
}

function tone(audio: AudioContext, hertz: number, after: number): void {
  const start = audio.currentTime + after
  const gain = new GainNode(audio, { gain: 0 })
  gain.gain.linearRampToValueAtTime(LOUDNESS, start + 0.01)
  gain.gain.exponentialRampToValueAtTime(0.0001, start + TONE_S)
  const oscillator = new OscillatorNode(audio, { frequency: hertz, type: "sine" })
  oscillator.connect(gain).connect(audio.destination)
  oscillator.start(start)
  oscillator.stop(start + TONE_S)
}
