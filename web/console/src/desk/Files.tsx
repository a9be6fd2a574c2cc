/** The files of a message: pictures are seen, the others are named; what cannot be shown says so. */

import type { AttachmentRef } from "@dryfly/words"
import { useState } from "react"
import { api } from "../api"
import { bytes, say } from "../say"

/** What browsers draw and what cannot carry a script. */
const PICTURES: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"])

export const isPicture = (file: AttachmentRef): boolean => PICTURES.has(file.media_type)

export function Files({ files }: { files: readonly AttachmentRef[] }) {
  if (files.length === 0) return null
  return (
    <span className="files">
      {files.map((file) => (
        <a
          key={file.id}
          className="file"
          href={api.attachmentUrl(file.id)}
          download={file.name}
          aria-label={say("message.file", { name: file.name })}
        >
          {isPicture(file) && <Thumbnail file={file} />}
          <bdi>{file.name}</bdi> <span className="xs">{bytes(file.bytes_count)}</span>
        </a>
      ))}
    </span>
  )
}

/** Of a fixed size before it has come, so that nothing jumps. */
export function Thumbnail({ file }: { file: AttachmentRef }) {
  const [isBroken, setBroken] = useState(false)
  if (isBroken) return <span className="thumb broken xs">{say("message.picture_broken")}</span>
  return (
    <img
      className="thumb"
      src={api.attachmentUrl(file.id)}
      alt=""
      loading="lazy"
      decoding="async"
      onError={() => setBroken(true)}
    />
  )
}
