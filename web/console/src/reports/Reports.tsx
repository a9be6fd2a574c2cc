import type { Me } from "@dryfly/words"
import { say } from "../say"

export default function Reports({ me }: { me: Me }) {
  return (
    <main>
      <h1>{say("nav.reports")}</h1>
      <p className="empty">{me.site_title}</p>
    </main>
  )
}
