/** The files that go along with the message, before it is sent. */

import type { AttachmentRef } from "@dryfly/words"
import { say } from "../say"
import { isPicture, Thumbnail } from "./Files"
import type { Uploading } from "./useFiles"

interface ChosenProps {
  readonly files: readonly AttachmentRef[]
  readonly uploading: Uploading | null
  readonly drop: (id: string) => void
}

export function Chosen({ files, uploading, drop }: ChosenProps) {
  if (files.length === 0 && uploading === null) return null
  return (
    <div className="chosen">
      {files.map((file) => (
        <span key={file.id} className="chip chosen-file">
          {isPicture(file) && <Thumbnail file={file} />}
          <bdi>{file.name}</bdi>{" "}
          <button
            type="button"
            className="link"
            aria-label={say("write.remove", { name: file.name })}
            onClick={() => drop(file.id)}
          >
            ×
          </button>
        </span>
      ))}
      {uploading && (
        <span className="row s" role="status">
          {say("write.uploading", { name: uploading.name })}
          <progress max={1} value={uploading.share} aria-label={uploading.name} />
        </span>
      )}
    </div>
  )
}
