/** The line that a page includes. */

import { Copy } from "./Copy"
import { say } from "./words"

export function Snippet({ site }: { site: string }) {
  const line = `<script src="${location.origin}/widget.js" data-site="${site}" async></script>`
  return (
    <div className="stack">
      <p className="s">{say("channels.snippet")}</p>
      <div className="row wrap">
        <code className="snippet grow">{line}</code>
        <Copy text={line} />
      </div>
    </div>
  )
}
