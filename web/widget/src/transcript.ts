/** The whole talk as a file of plain text, in the reader's language. */

import type { Message, Transcript } from "@dryfly/words"
import { language, say, sayCode } from "./say"
import type { Talk } from "./talk"

const PARTS_MAX = 50

async function everything(talk: Talk): Promise<readonly Message[]> {
  let messages: readonly Message[] = []
  for (let part = 0; part < PARTS_MAX; part++) {
    const before = messages[0] ? `?before=${messages[0].seq}` : ""
    const answer = await talk.fetch(`transcript${before}`)
    if (!answer?.ok) throw new Error("transcript")
    const told = (await answer.json()) as Transcript
    messages = [...told.messages, ...messages]
    if (!told.more_before) break
  }
  return messages
}

export function written(messages: readonly Message[], title: string, botName: string): string {
  const lines = messages.map((message) => {
    const at = new Date(message.at).toLocaleString(language, { dateStyle: "short", timeStyle: "short" })
    const name = message.author === "bot" ? botName : message.author_name
    const text = message.code ? sayCode(message.code, message.values, message.text) : message.text
    const files = message.attachments.map((file) => `[${file.name}]`)
    return `${at}  ${say(`author.${message.author}`, { name })}\n${[text, ...files].filter(Boolean).join("\n")}\n`
  })
  return [`${say("save.head", { title })}\n`, ...lines].join("\n")
}

export async function save(talk: Talk): Promise<void> {
  const { look } = talk.store.state
  const text = written(await everything(talk), look?.title ?? "", look?.bot_name ?? "")
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }))
  const link = document.createElement("a")
  link.href = url
  link.download = `${new Date().toISOString().slice(0, 10)}.txt`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
