/**
 * A tone when an alert is raised, for who does not look. Off until somebody wants it at this machine, and shown for
 * what it is: browsers make no sound before somebody has touched the page.
 */

import type { AlertLine } from "@dryfly/words"
import { useEffect, useMemo, useRef, useState } from "react"
import { useActions } from "../actions"
import { useClient, useDesk, useKeys } from "../hooks"
import { canPlay, play } from "../parts/sounds"
import { prefer, preferences, usePreferences } from "../preferences"
import { say } from "./words"

const nameOf = ({ alert, raised_at }: AlertLine) => `${alert} ${raised_at}`

/** Once for each alert that was raised since the floor is before somebody, and that nobody takes care of. */
function useTones(alerts: readonly AlertLine[], isOn: boolean): void {
  const { now } = useClient()
  const since = useRef(now())
  const told = useRef<ReadonlySet<string>>(new Set())
  useEffect(() => {
    const raised = alerts.filter(({ raised_at, seen_by }) => raised_at > since.current && seen_by === "")
    const isNews = raised.some((alert) => !told.current.has(nameOf(alert)))
    told.current = new Set(alerts.map(nameOf))
    if (isOn && isNews) play("alert")
  }, [alerts, isOn])
}

/** Whether this page may make a sound by now. */
function useMaySound(): boolean {
  const [may, setMay] = useState(canPlay)
  useEffect(() => {
    const look = () => setMay(canPlay())
    for (const touch of ["pointerup", "keyup"]) addEventListener(touch, look)
    return () => {
      for (const touch of ["pointerup", "keyup"]) removeEventListener(touch, look)
    }
  }, [])
  return may
}

function turn(): void {
  const alert_sound = !preferences().alert_sound
  prefer({ alert_sound })
  if (alert_sound) play("alert")
}

/** `isWall`: nothing to press there; the key works, and what is off is not worth a word. */
export function AlertSound({ isWall = false }: { isWall?: boolean }) {
  const alerts = useDesk((view) => view.floor.alerts)
  const { alert_sound } = usePreferences()
  const maySound = useMaySound()
  useTones(alerts, alert_sound)
  useKeys(useMemo(() => ({ a: turn }), []))
  const words = say(!alert_sound ? "sound_off" : maySound ? "sound_on" : "sound_wanted")
  useActions(
    useMemo(
      () => [{ id: "alert sound", title: say(alert_sound ? "sound_turn_off" : "sound_turn_on"), keys: "A", run: turn }],
      [alert_sound],
    ),
  )
  if (isWall) return alert_sound && <span className={maySound ? "chip" : "chip amber"}>{words}</span>
  return (
    <button type="button" className="btn" onClick={turn}>
      {words} <kbd>A</kbd>
    </button>
  )
}
