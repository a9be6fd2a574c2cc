/** The HTTP face. Answers come typed; what goes wrong comes as an `ErrorBody`, thrown. */

import type { AttachmentRef, ErrorBody, MessagesPage, SignedIn, TalkPage } from "@dryfly/words"

const UNREACHABLE: ErrorBody = { code: "unreachable", text: "The server cannot be reached.", values: {} }

let guard = ""

export async function ask<Answer>(method: string, path: string, body?: BodyInit, type = "application/json"): Promise<Answer> {
  const headers: Record<string, string> = { "x-dryfly-guard": guard }
  if (body !== undefined) headers["content-type"] = type
  const answer = await fetch(`/api/${path}`, { method, headers, body }).catch(() => null)
  if (answer === null) throw UNREACHABLE
  const told = await answer.json().catch(() => null)
  if (answer.ok) return told as Answer
  throw (told?.error as ErrorBody | undefined) ?? { ...UNREACHABLE, text: `The server answered ${answer.status}.` }
}

async function signedIn(answer: Promise<SignedIn>): Promise<SignedIn> {
  const told = await answer
  guard = told.guard
  return told
}

const part = encodeURIComponent

export const api = {
  signIn: (email: string, password: string) => signedIn(ask("POST", "session", JSON.stringify({ email, password }))),
  session: () => signedIn(ask("GET", "session")),
  signOut: () => ask<null>("DELETE", "session"),
  changePassword: (old: string, chosen: string) =>
    signedIn(ask("PUT", "session/password", JSON.stringify({ old, new: chosen }))),
  talk: (contact: string) => ask<TalkPage>("GET", `talks/${part(contact)}`),
  messages: (contact: string, before: number) =>
    ask<MessagesPage>("GET", `talks/${part(contact)}/messages?before=${before}&limit=200`),
  attach: (file: File) =>
    ask<AttachmentRef>("POST", `attachments?name=${part(file.name)}`, file, file.type || "application/octet-stream"),
  attachmentUrl: (id: string) => `/api/attachments/${part(id)}`,
}
