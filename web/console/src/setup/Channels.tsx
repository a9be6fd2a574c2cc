/** Where customers can reach the company: the web channel, and room for more. */

import { useNow } from "../hooks"
import { age } from "../say"
import { Mail } from "./Mail"
import type { PageProps } from "./Setup"
import { Snippet } from "./Snippet"
import { useSite } from "./siteDraft"
import { useStatus } from "./status"
import { say } from "./words"

export default function Channels({ me }: PageProps) {
  const { site } = useSite()
  const { status } = useStatus()
  const now = useNow()
  const count = site.origins.length
  const last = status?.web_contact_at
  return (
    <div className="stack">
      <section className="card pad stack" aria-label={say("channels.web")}>
        <div className="row wrap">
          <h2 className="grow">{say("channels.web")}</h2>
          {status && (
            <span className={last ? "chip river" : "chip amber"}>
              {last ? say("channels.seen", { ago: age(now - last) }) : say("channels.seen.never")}
            </span>
          )}
        </div>
        <Snippet site={me.site} />
        <p className="s row wrap">
          {count === 0 ? say("channels.origins.none") : say("channels.origins", { count })}
          <a className="link" href="#/setup/site">
            {say("channels.origins.edit")}
          </a>
        </p>
      </section>
      {status && <Mail mail={status.mail} isEditor={me.role === "administrator"} />}
      <p className="empty">{say("channels.more")}</p>
    </div>
  )
}
