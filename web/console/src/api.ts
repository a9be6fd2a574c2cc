/** The HTTP face. Answers come typed; what goes wrong comes as an `ErrorBody`, thrown. */

import type {
  AttachmentRef,
  CallPage,
  CustomerPanel,
  ErrorBody,
  MessagesPage,
  RecordGroup,
  Replies,
  SearchPage,
  SignedIn,
  SitePlace,
  StoryPage,
  Suggestions,
  TalkPage,
} from "@dryfly/words"

const UNREACHABLE: ErrorBody = { code: "unreachable", text: "The server cannot be reached.", values: {} }

let guard = ""

export async function ask<Answer>(
  method: string,
  path: string,
  body?: BodyInit,
  type = "application/json",
): Promise<Answer> {
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

/** `fetch` does not tell how far it is; the older way does. */
function upload(file: File, onProgress: (share: number) => void): Promise<AttachmentRef> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open("POST", `/api/attachments?name=${part(file.name)}`)
    request.setRequestHeader("x-dryfly-guard", guard)
    request.setRequestHeader("content-type", file.type || "application/octet-stream")
    request.responseType = "json"
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onerror = () => reject(UNREACHABLE)
    request.onload = () => {
      if (request.status < 300) resolve(request.response as AttachmentRef)
      else reject((request.response?.error as ErrorBody | undefined) ?? UNREACHABLE)
    }
    request.send(file)
  })
}

export const api = {
  signIn: (email: string, password: string) => signedIn(ask("POST", "session", JSON.stringify({ email, password }))),
  session: () => signedIn(ask("GET", "session")),
  sites: () => ask<readonly SitePlace[]>("GET", "session/sites"),
  moveTo: (site: string) => signedIn(ask("PUT", "session/site", JSON.stringify({ site }))),
  signOut: () => ask<null>("DELETE", "session"),
  changePassword: (old: string, chosen: string) =>
    signedIn(ask("PUT", "session/password", JSON.stringify({ old, new: chosen }))),
  talk: (contact: string) => ask<TalkPage>("GET", `talks/${part(contact)}`),
  messages: (contact: string, before: number) =>
    ask<MessagesPage>("GET", `talks/${part(contact)}/messages?before=${before}&limit=200`),
  attach: (file: File, onProgress: (share: number) => void) => upload(file, onProgress),
  customer: (customer: string, contact: string) =>
    ask<CustomerPanel>("GET", `customers/${part(customer)}?contact=${part(contact)}`),
  story: (customer: string, contact: string, after: string) =>
    ask<StoryPage>("GET", `customers/${part(customer)}/story?contact=${part(contact)}&after=${part(after)}`),
  records: (customer: string, kind: string, after: string) =>
    ask<RecordGroup>("GET", `customers/${part(customer)}/records/${part(kind)}?after=${part(after)}`),
  search: (q: string, after: string | null) =>
    ask<SearchPage>("GET", `search?q=${part(q)}${after === null ? "" : `&after=${part(after)}`}`),
  replies: () => ask<Replies>("GET", "replies"),
  suggestions: (contact: string) => ask<Suggestions>("GET", `talks/${part(contact)}/suggestions`),
  call: (contact: string) => ask<CallPage>("GET", `talks/${part(contact)}/call`),
  attachmentUrl: (id: string) => `/api/attachments/${part(id)}`,
}
