/** A value that is copied by a click, or by Enter where the focus is. */

import { useEffect, useState } from "react"
import { speaking } from "../say"
import { en } from "./customer.en"

const say = speaking(en)
const TOLD_MS = 1_500

export function Copied({ value }: { value: string }) {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), TOLD_MS)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = () => {
    navigator.clipboard?.writeText(value).then(
      () => setCopied(true),
      () => undefined,
    )
  }
  return (
    <button type="button" className="copy" dir="auto" title={say("copy", { value })} onClick={copy}>
      {value}
      <span className="copied" role="status">
        {isCopied ? say("copied") : ""}
      </span>
    </button>
  )
}
