/** Files that go along with a message: checked before they leave, with their progress, kept with the draft. */

import type { AttachmentRef, ErrorBody } from "@dryfly/words"
import { useRef, useState } from "react"
import { api } from "../api"
import { bytes, say, sayError } from "../say"

const FILES_MAX = 10

export interface Uploading {
  readonly name: string
  /** 0..1 */
  readonly share: number
}

interface FilesOf {
  readonly files: readonly AttachmentRef[]
  readonly change: (files: readonly AttachmentRef[]) => void
  readonly bytes_max: number
}

export function useFiles({ files, change, bytes_max }: FilesOf) {
  const [uploading, setUploading] = useState<Uploading | null>(null)
  const [error, setError] = useState("")
  const known = useRef(files)
  known.current = files

  function refusal(file: File): string {
    if (file.size > bytes_max) return say("write.too_large", { name: file.name, limit: bytes(bytes_max) })
    if (file.size === 0) return say("write.empty_file", { name: file.name })
    return known.current.length >= FILES_MAX ? say("write.too_many", { limit: FILES_MAX }) : ""
  }

  async function attach(chosen: Iterable<File>): Promise<void> {
    setError("")
    for (const file of [...chosen]) {
      const refused = refusal(file)
      if (refused) {
        setError(refused)
        continue
      }
      setUploading({ name: file.name, share: 0 })
      await api
        .attach(file, (share) => setUploading({ name: file.name, share }))
        .then(
          (ref) => change([...known.current, ref]),
          (told: ErrorBody) => setError(sayError(told)),
        )
    }
    setUploading(null)
  }
  return { uploading, error, attach, drop: (id: string) => change(files.filter((file) => file.id !== id)) }
}
