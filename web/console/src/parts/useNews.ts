/** Tells of news where nobody looks: by a tone, by the system's own notice, and in the window's title. */

import { useEffect, useRef } from "react"
import { goTo, useClient, useDesk, useRoute } from "../hooks"
import { type Preferences, preferences } from "../preferences"
import { say } from "../say"
import { type News, newsOf, waitingCount } from "./news"
import { play } from "./sounds"

const TITLE = "Dryfly"

export function useNews(): void {
  const { store } = useClient()
  const [screen, named = ""] = useRoute()
  const open = useRef<string | null>(null)
  open.current = screen === "talk" ? decodeURIComponent(named) : null
  useEffect(() => {
    let before = store.state.desk
    return store.subscribe(() => {
      const now = store.state.desk
      if (now === before) return
      const news = before && now ? newsOf(before, now, isLookedAt() ? open.current : null) : []
      before = now
      tell(news, preferences())
    })
  }, [store])
  const count = useDesk((view) => (view.desk ? waitingCount(view.desk) : 0))
  useEffect(() => {
    document.title = count > 0 ? `(${count}) ${TITLE}` : TITLE
    return () => {
      document.title = TITLE
    }
  }, [count])
}

const isLookedAt = (): boolean => !document.hidden && document.hasFocus()

/** One tone for all that came at once; the system is asked only while this window is not looked at. */
function tell(news: readonly News[], { sound, desktop }: Preferences): void {
  const heard = news.find(({ occasion }) => sound[occasion])
  if (heard) play(heard.occasion)
  if (isLookedAt()) return
  for (const one of news.filter(({ occasion }) => desktop[occasion])) notify(one)
}

function notify({ occasion, id, contact, name, text }: News): void {
  if (typeof Notification === "undefined" || Notification.permission !== "granted") return
  const title = say(`news.${occasion}`, { name: name || say("list.visitor") })
  const notice = new Notification(title, { body: text.slice(0, 200), tag: `${occasion}:${id}` })
  notice.onclick = () => {
    focus()
    goTo(...(contact === null ? [""] : ["talk", contact]))
    notice.close()
  }
}

/** Browsers ask once, and only after somebody chose something. False: the system will show nothing. */
export async function mayNotify(): Promise<boolean> {
  if (typeof Notification === "undefined") return false
  return (await Notification.requestPermission()) === "granted"
}
