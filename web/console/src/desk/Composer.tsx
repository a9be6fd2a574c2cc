/** Where the agent writes, to the customer or, on yellow, to colleagues. Drafts of both are kept per talk. */

import type { Suggestion, Talk } from "@dryfly/words"
import { useCallback, useEffect, useRef, useState } from "react"
import { useClient } from "../hooks"
import { say } from "../say"
import { Choices } from "./Choices"
import { Chosen } from "./Chosen"
import { ReplyPicker } from "./ReplyPicker"
import { Suggestions } from "./Suggestions"
import { nameOf } from "./TalkList"
import { useMentions } from "./useMentions"
import { useWriting, type Writing } from "./useWriting"
import { onFieldKey, useComposerKeys } from "./useWritingKeys"
import { WritingBar } from "./WritingBar"

export function Composer({ talk }: { talk: Talk }) {
  const writing = useWriting(talk)
  const { isNote, upload, page, focus } = writing
  const [isPicking, setPicking] = useState(false)
  const picker = useRef<HTMLInputElement>(null)
  const pickReply = () => setPicking(true)
  const use = useSuggestion(writing)
  useFocusWhereThereIsRoom(focus)
  useComposerKeys({
    note: () => {
      writing.setNote(true)
      focus()
    },
    reply: pickReply,
    undo: () => void writing.undo(),
    attach: () => picker.current?.click(),
  })
  return (
    <section
      className={isNote ? "comp noting" : "comp"}
      aria-label={labelOf(talk, isNote)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        if (event.dataTransfer.files.length > 0) upload.attach(event.dataTransfer.files)
      }}
    >
      {!isNote && !isPicking && <Suggestions contact={talk.contact} page={page} use={use} />}
      {isPicking && (
        <ReplyPicker
          talk={talk}
          pick={(reply, agent) => {
            setPicking(false)
            writing.insert(reply, agent)
          }}
          close={(typed) => {
            setPicking(false)
            if (typed) writing.write(typed)
            focus()
          }}
        />
      )}
      <WritingField talk={talk} writing={writing} pickReply={pickReply} />
      {writing.problems.map((problem) => (
        <p key={problem} className="wrong" role="alert">
          {problem}
        </p>
      ))}
      <Chosen files={isNote ? [] : writing.files} uploading={upload.uploading} drop={upload.drop} />
      <WritingBar writing={writing} picker={picker} isPicking={isPicking} pickReply={pickReply} />
    </section>
  )
}

const labelOf = (talk: Talk, isNote: boolean) =>
  say(isNote ? "write.note_label" : "write.label", { name: nameOf(talk) })

interface WritingFieldProps {
  readonly talk: Talk
  readonly writing: Writing
  readonly pickReply: () => void
}

/** The field, and above it the colleagues whose names begin so. */
function WritingField({ talk, writing, pickReply }: WritingFieldProps) {
  const { text, isNote, setCaret, upload } = writing
  const { offered, pick, at, onKey } = useMentions(writing)
  const isNaming = offered.length > 0
  return (
    <>
      {isNaming && (
        <Choices
          id="mentions"
          label={say("mention.title")}
          choices={offered}
          at={at}
          keyOf={(agent) => agent.id}
          pick={pick}
        >
          {(agent) => <bdi>{agent.title}</bdi>}
        </Choices>
      )}
      <textarea
        ref={writing.field}
        dir="auto"
        value={text}
        onChange={(event) => writing.type(event.target.value, event.target.selectionStart)}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={(event) => (isNaming && onKey(event)) || onFieldKey(event, writing, pickReply)}
        onPaste={(event) => {
          if (event.clipboardData.files.length === 0) return
          event.preventDefault()
          upload.attach(event.clipboardData.files)
        }}
        aria-label={labelOf(talk, isNote)}
        aria-controls={isNaming ? "mentions" : undefined}
        aria-activedescendant={isNaming ? `mentions-${at}` : undefined}
        placeholder={say(isNote ? "write.note" : "write.to", { name: nameOf(talk) })}
      />
    </>
  )
}

/** Puts a suggested answer into the field, in the name under which customers see me. Always the same function. */
function useSuggestion({ insert }: Writing) {
  const client = useClient()
  const latest = useRef(insert)
  latest.current = insert
  return useCallback(
    async ({ text }: Suggestion) => {
      const agent = await client.replies().then(
        (replies) => replies.agent_name,
        () => "",
      )
      latest.current(text, agent)
    },
    [client],
  )
}

/** A phone's keyboard would cover the talk. */
function useFocusWhereThereIsRoom(focus: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the talk is opened
  useEffect(() => {
    if (matchMedia("(min-width: 1001px)").matches) focus()
  }, [])
}
