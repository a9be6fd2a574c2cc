import type { Me } from "@dryfly/words"
import { say } from "../say"

export default function Walk({ me }: { me: Me }) {
  return (
    <main>
      <h1>{say("nav.walk")}</h1>
      <p className="empty">{me.site_title}</p>
    </main>
  )
}
