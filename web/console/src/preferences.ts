/** What each person chooses for their own screen. Kept on this machine. */

import { useSyncExternalStore } from "react"

export const UNDO_CHOICES = [0, 5, 10] as const
export const OCCASIONS = ["offer", "message", "mention"] as const
export type Occasion = (typeof OCCASIONS)[number]

export interface Preferences {
  /** For so long a message can be taken back before it leaves. */
  readonly undo_s: (typeof UNDO_CHOICES)[number]
  readonly sound: Readonly<Record<Occasion, boolean>>
  /** Told by the system while this window is not looked at. */
  readonly desktop: Readonly<Record<Occasion, boolean>>
  /** A tone when an alert is raised, while the floor or its wall is open here. */
  readonly alert_sound: boolean
}

const KEY = "dryfly:preferences"
const FIRST: Preferences = {
  undo_s: 5,
  sound: { offer: true, message: true, mention: true },
  desktop: { offer: false, message: false, mention: false },
  alert_sound: false,
}

function read(): Preferences {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}")
    const undo_s = UNDO_CHOICES.includes(kept.undo_s) ? kept.undo_s : FIRST.undo_s
    return {
      undo_s,
      sound: { ...FIRST.sound, ...kept.sound },
      desktop: { ...FIRST.desktop, ...kept.desktop },
      alert_sound: kept.alert_sound === true,
    }
  } catch {
    return FIRST
  }
}

let chosen = read()
const listeners = new Set<() => void>()

function changed(next: Preferences): void {
  chosen = next
  for (const listener of [...listeners]) listener()
}

/** Another tab of the same person chose. */
addEventListener("storage", (event) => event.key === KEY && changed(read()))

export const preferences = (): Preferences => chosen

export function prefer(part: Partial<Preferences>): void {
  changed({ ...chosen, ...part })
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen))
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, preferences)
