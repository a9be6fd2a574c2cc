import { useState } from "react"
import { say } from "./words"

export function Copy({ text }: { text: string }) {
  const [isCopied, setCopied] = useState(false)
  const copy = () =>
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <button type="button" className="btn" onClick={copy} onBlur={() => setCopied(false)}>
      <span aria-live="polite">{say(isCopied ? "copied" : "copy")}</span>
    </button>
  )
}
