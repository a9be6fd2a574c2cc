/** What the widget shows: the last fresh state and every push after it. Pure. */

import type { AttachmentRef, HoursNow, Message, Stage, TalkState, ToWidget, WidgetLook, WidgetPush } from "./generated"
import {
  deliver,
  type Echo,
  type Local,
  place,
  put,
  receipted,
  refused,
  renamed,
  type Standing,
  settle,
} from "./messages"

export const MESSAGES_MAX = 200
export const TYPING_MS = 6_000

export interface WidgetView {
  readonly standing: Standing
  readonly seq: number | null
  /** A push was missed: say hello again with `seq`. */
  readonly gap: boolean
  readonly look: WidgetLook | null
  /** Do people answer now? */
  readonly hours: Omit<HoursNow, "is">
  readonly text_max: number
  readonly attachment_bytes_max: number
  /** The talk can be had by mail. */
  readonly mails: boolean
  readonly talk: TalkState
  readonly echoes: readonly Echo[]
  readonly typing: { readonly author: string; readonly until: number } | null
}

const NO_TALK: TalkState = {
  contact: null,
  stage: "none",
  agent_name: "",
  place: null,
  messages: [],
  more_before: false,
  wait: null,
  opens_at: null,
  is_rated: false,
  call: { state: "", at: null, attempts: 0 },
  calls_back: false,
}

/** The look as the page has it before the server is heard. */
export interface LookShown {
  readonly is: "look"
  readonly look: WidgetLook
}

export const EMPTY_WIDGET: WidgetView = {
  standing: { is: "connecting" },
  seq: null,
  gap: false,
  look: null,
  hours: { is_open: true, opens_at: null, text: "" },
  text_max: 8_000,
  attachment_bytes_max: 8 * 1024 * 1024,
  mails: false,
  talk: NO_TALK,
  echoes: [],
  typing: null,
}

export function reduceWidget(view: WidgetView, frame: ToWidget | Local | LookShown, now: number): WidgetView {
  switch (frame.is) {
    case "welcome": {
      const { look, hours, text_max, attachment_bytes_max, mails } = frame
      return { ...view, look, hours, text_max, attachment_bytes_max, mails }
    }
    case "look":
      return { ...view, look: frame.look }
    case "hours":
      return { ...view, hours: frame }
    case "state":
      return settled({ ...view, seq: frame.seq, gap: false, talk: frame.talk })
    case "push":
      return pushed(view, frame)
    case "typing":
      return { ...view, typing: { author: frame.author, until: now + TYPING_MS } }
    case "place":
      return { ...view, talk: { ...view.talk, ...lineOf(frame) } }
    case "receipt":
      return settled({ ...view, echoes: receipted(view.echoes, frame.re, frame.seq) })
    case "refused":
      return { ...view, echoes: refused(view.echoes, frame.re, frame.error) }
    case "asked":
      return { ...view, echoes: [...view.echoes, frame.echo] }
    case "renamed":
      return { ...view, echoes: renamed(view.echoes, frame.from, frame.to) }
    case "dropped":
      return { ...view, echoes: view.echoes.filter((echo) => echo.id !== frame.id) }
    case "standing":
      return { ...view, standing: frame.standing }
    default:
      return view
  }
}

function pushed(view: WidgetView, frame: { prev: number; seq: number; push: WidgetPush["push"] }): WidgetView {
  switch (place(view.seq, frame)) {
    case "seen":
      return view
    case "gap":
      return { ...view, gap: true }
    case "next":
      return settled({ ...applied(view, frame.push), seq: frame.seq, gap: false })
  }
}

function applied(view: WidgetView, push: WidgetPush["push"]): WidgetView {
  const talk = view.talk
  switch (push.kind) {
    case "message_added": {
      const typing = push.message.author === "customer" ? view.typing : null
      return { ...view, typing, talk: longer(talk, push.message) }
    }
    case "stage_changed": {
      const { kind: _, told, ...standing } = push
      const line = waits(push.stage) && waits(talk.stage) ? lineOf(talk) : NO_LINE
      const moved = { ...talk, ...line, ...standing, place: push.place ?? line.place, is_rated: false }
      return { ...view, talk: told ? longer(moved, told) : moved }
    }
    case "delivery_changed":
      return { ...view, talk: { ...talk, messages: deliver(talk.messages, push.message, push.delivery) } }
    default:
      return view
  }
}

function longer(talk: TalkState, message: Message): TalkState {
  const messages = put(talk.messages, message)
  const newest = messages.slice(-MESSAGES_MAX)
  return { ...talk, messages: newest, more_before: talk.more_before || newest.length < messages.length }
}

const waits = (stage: Stage): boolean => stage === "waiting" || stage === "waiting_with_bot"

const NO_LINE = { place: null, wait: null, opens_at: null, calls_back: false }

type Line = Pick<TalkState, keyof typeof NO_LINE>

/** What is told beside the history: it holds until it is told anew. */
const lineOf = ({ place, wait, opens_at, calls_back }: Line) => ({ place, wait, opens_at, calls_back })

function settled(view: WidgetView): WidgetView {
  const ids = new Set(view.talk.messages.map((message) => message.id))
  const echoes = settle(view.echoes, ids, view.seq)
  return echoes === view.echoes ? view : { ...view, echoes }
}

/** Is a person there, or called for? Until then the way to one is always in sight. */
export function canAskForPerson(stage: Stage): boolean {
  return stage === "none" || stage === "bot"
}

export function widgetEcho(id: string, text: string, attachments: readonly AttachmentRef[], at: number): Echo {
  return { id, kind: "say", contact: "", text, attachments, at, seq: null, error: null }
}
