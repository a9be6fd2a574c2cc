/** Files on their way to and from the customer. Pictures are shown small; everything is fetched with the secret. */

import type { AttachmentRef, ErrorBody } from "@dryfly/words"
import { Fragment, h } from "./h"
import { language, say } from "./say"
import type { Screen } from "./screen"
import type { Talk } from "./talk"

const SHOWN = /^image\/(png|jpeg|gif|webp|avif)$/
const SHOWN_BYTES_MAX = 4 * 1024 * 1024
const KB = 1024

function size(bytes: number): string {
  const isSmall = bytes < KB * KB
  const number = isSmall ? Math.ceil(bytes / KB) : bytes / KB / KB
  return say(isSmall ? "file.kb" : "file.mb", { size: number.toLocaleString(language, { maximumFractionDigits: 1 }) })
}

/** Sends a file before the message that carries it. Throws an `ErrorBody`. */
export async function attach(talk: Talk, file: File): Promise<AttachmentRef> {
  const limit = talk.store.state.attachment_bytes_max
  if (file.size > limit) throw { code: "attachment_too_large", text: "", values: { limit } } satisfies ErrorBody
  const headers = { "content-type": file.type || "application/octet-stream" }
  const path = `attachments?name=${encodeURIComponent(file.name)}`
  const answer = await talk.fetch(path, { method: "POST", headers, body: file })
  const told = await answer?.json().catch(() => null)
  if (!answer?.ok) throw (told?.error ?? { code: "upload_failed", text: "", values: {} }) as ErrorBody
  return told as AttachmentRef
}

async function blobOf(talk: Talk, file: AttachmentRef): Promise<string | null> {
  const answer = await talk.fetch(`attachments/${file.id}`)
  return answer?.ok ? URL.createObjectURL(await answer.blob()) : null
}

export function download(url: string, name: string): void {
  const link = document.createElement("a")
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

async function open(talk: Talk, file: AttachmentRef): Promise<void> {
  const url = await blobOf(talk, file)
  if (url) download(url, file.name)
}

/** The pictures of this page, by file: where they lie in memory, or null while they come and where none can be had. */
const pictures = new Map<string, string | null>()

function Picture({ screen, file }: { screen: Screen; file: AttachmentRef }) {
  const url = pictures.get(file.id)
  if (url === undefined) {
    pictures.set(file.id, null)
    blobOf(screen.talk, file).then((found) => shown(screen, file, found))
  }
  return url ? <img src={url} alt={file.name} onerror={() => shown(screen, file, null)} /> : file.name
}

function shown(screen: Screen, file: AttachmentRef, url: string | null): void {
  pictures.set(file.id, url)
  screen.draw()
}

export function Files({ screen, files }: { screen: Screen; files: readonly AttachmentRef[] }) {
  return (
    <>
      {files.map((file) => (
        <button
          key={file.id}
          type="button"
          class={SHOWN.test(file.media_type) ? "file picture" : "file"}
          aria-label={say("file.open", { name: file.name, size: size(file.bytes_count) })}
          onclick={() => open(screen.talk, file)}
        >
          {SHOWN.test(file.media_type) && file.bytes_count <= SHOWN_BYTES_MAX ? (
            <Picture screen={screen} file={file} />
          ) : (
            file.name
          )}{" "}
          <small>{size(file.bytes_count)}</small>
        </button>
      ))}
    </>
  )
}

/** What goes along with the next message. */
export function Attached({ screen }: { screen: Screen }) {
  return (
    <>
      {screen.uploading && <p role="status">{say("write.uploading", { name: screen.uploading })}</p>}
      {screen.files.map(({ id, name }) => (
        <p key={id}>
          {name}{" "}
          <button
            type="button"
            class="link"
            aria-label={say("write.remove", { name })}
            onclick={() => screen.remove(id)}
          >
            ×
          </button>
        </p>
      ))}
    </>
  )
}
