// A server that speaks the protocol, for working on the screens alone: `node dev/mock.mjs [port]`. Not shipped.
import { createReadStream, existsSync, statSync } from "node:fs"
import { createServer } from "node:http"
import { extname, join, normalize } from "node:path"
import { fileURLToPath } from "node:url"
import { WebSocketServer } from "ws"
import * as f from "./fixtures.mjs"

const root = fileURLToPath(new URL("..", import.meta.url))
const port = Number(process.argv[2] ?? 8090)
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
}
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'"

// ---- files and pages ---------------------------------------------------------------------------

function fileOf(path) {
  if (path === "/desk" || path === "/desk/") return join(root, "console/dist/index.html")
  if (path.startsWith("/desk/")) return join(root, "console/dist", normalize(path.slice(6)))
  if (path === "/widget.js" || path.startsWith("/widget/assets/"))
    return join(root, "widget/dist", normalize(path.replace("/widget/", "/")))
  return join(root, "demo-page", path === "/" ? "index.html" : normalize(path))
}

const pageOf = (contact) => {
  const talk = f.talks.get(contact)
  const kept = f.words.get(contact) ?? { messages: [], notes: [], facts: [], brief: null, customer: null, why: [] }
  return talk && { seq: f.seqNow(), talk, more_before: false, ...kept }
}

const signedIn = { me: f.me, guard: "guard", must_change: false }
let isIn = false
const openDoor = process.argv.includes("--signed-in")

function session(method, tell) {
  if (method === "POST") isIn = true
  if (method === "DELETE") isIn = false
  if (method === "DELETE") return tell(204, undefined)
  if (isIn || openDoor) return tell(200, signedIn)
  tell(401, { error: { code: "not_signed_in", text: "Sign in first.", values: {} } })
}

function api(request, response, path) {
  const tell = (status, body) => {
    response.writeHead(status, { "content-type": "application/json" })
    response.end(JSON.stringify(body))
  }
  const [, , what, id, more] = path.split("/")
  if (what === "session") return session(request.method, tell)
  if (what === "talks" && more) return tell(200, { messages: [], more_before: false })
  if (what === "talks" && pageOf(id)) return tell(200, pageOf(id))
  if (what === "customers") return tell(200, f.panel)
  if (what === "attachments" && request.method === "POST")
    return tell(201, {
      id: `F${f.nextSeq()}`,
      name: new URL(request.url, "http://x").searchParams.get("name"),
      media_type: "image/png",
      bytes_count: 12_345,
    })
  tell(404, { error: { code: "contact_exists_not", text: "There is no such talk.", values: {} } })
}

const server = createServer((request, response) => {
  const path = decodeURIComponent(request.url.split("?")[0])
  if (path.startsWith("/api/")) return api(request, response, path)
  if (path.startsWith("/widget/main/attachments")) return api(request, response, "/api/attachments")
  const file = fileOf(path)
  if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end()
  response.writeHead(200, {
    "content-type": TYPES[extname(file)] ?? "application/octet-stream",
    "content-security-policy": POLICY,
  })
  createReadStream(file).pipe(response)
})

// ---- sockets -----------------------------------------------------------------------------------

const desks = new Set()
const pages = new Map() // by resume: { contact, stage, agent_name, place, messages, sockets }
const send = (socket, frame) => socket.readyState === 1 && socket.send(JSON.stringify(frame))

/** Numbered, to each socket with its own last number. */
function push(sockets, change) {
  const seq = f.nextSeq()
  for (const socket of sockets) {
    send(socket, { is: "push", prev: socket.last, seq, at: f.now(), push: change })
    socket.last = seq
  }
  return seq
}

const offers = [...f.offers]
let presence = { presence: "ready", reason: null, since: f.now() - 6_120_000 }
const mine = () => [...f.talks.values()].filter((talk) => talk.owner === "A1")

function deskState(socket) {
  socket.last = f.seqNow()
  const { me, queues, agents, dispositions } = f
  send(socket, {
    is: "state",
    seq: socket.last,
    desk: { me, presence, talks: mine(), offers, queues, agents, dispositions, presence_reasons: f.reasons },
  })
}

function putTalk(talk) {
  f.talks.set(talk.contact, talk)
  push(desks, { kind: "talk_changed", talk })
}

function saidOnTalk(contact, message) {
  const kept = f.words.get(contact) ?? { messages: [], notes: [], facts: [], brief: null, customer: null, why: [] }
  f.words.set(contact, { ...kept, messages: [...kept.messages, message] })
  push(desks, {
    kind: "message_added",
    contact,
    message,
    reply_due_at: message.author === "customer" ? f.now() + 60_000 : null,
  })
}

function offerAway(id, end) {
  const at = offers.findIndex((offer) => offer.offer === id)
  const [offer] = at < 0 ? [] : offers.splice(at, 1)
  if (offer) push(desks, { kind: "offer_gone", offer: id, end })
  return offer
}

const DESK = {
  presence: (frame) => {
    presence = { presence: frame.presence, reason: frame.reason ?? null, since: f.now() }
    push(desks, { kind: "presence_set", presence })
  },
  accept: (frame) => {
    const offer = offerAway(frame.offer, "accepted")
    if (!offer) return "offer_gone"
    const contact = offer.talk.contact
    putTalk({ ...f.talks.get(contact), state: "active", owner: "A1", owner_name: f.me.name, waiting_since: null })
    const page = [...pages.values()].find((page) => page.contact === contact)
    if (page) stage(page, "agent", "Maja")
  },
  decline: (frame) => void offerAway(frame.offer, "declined"),
  say: (frame) => {
    const message = f.message(frame.id, "agent", frame.text, { delivery: "sent" })
    saidOnTalk(frame.contact, message)
    const page = [...pages.values()].find((page) => page.contact === frame.contact)
    if (page) saidOnPage(page, message)
  },
  note: (frame) => {
    const note = { id: frame.id, seq: f.nextSeq(), at: f.now(), text: frame.text, agent: "A1", author_name: f.me.name }
    const kept = f.words.get(frame.contact)
    if (kept) kept.notes = [...kept.notes, note]
    push(desks, { kind: "note_added", contact: frame.contact, note })
  },
  finish: (frame) => putTalk({ ...f.talks.get(frame.contact), state: "wrap_up", wrap_up_until: f.now() + 60_000 }),
  wrap_up: (frame) => gone(frame.contact),
  transfer: (frame) => gone(frame.contact),
  park: (frame) => putTalk({ ...f.talks.get(frame.contact), state: "parked" }),
  seen: () => {},
}

function gone(contact) {
  f.talks.delete(contact)
  push(desks, { kind: "talk_gone", contact })
}

function desk(socket) {
  socket.on("close", () => desks.delete(socket))
  socket.on("message", (text) => {
    const frame = JSON.parse(text)
    if (frame.do === "ping") return send(socket, { is: "pong", now: f.now() })
    if (frame.do === "hello") {
      desks.add(socket)
      send(socket, { is: "welcome", now: f.now(), text_max: 8000, attachment_bytes_max: 8388608 })
      deskState(socket)
      return send(socket, { is: "board", board: f.board() })
    }
    if (!frame.id) return
    const wrong = DESK[frame.do] ? DESK[frame.do](frame) : "not_allowed"
    if (typeof wrong === "string")
      return send(socket, { is: "refused", re: frame.id, error: { code: wrong, text: wrong, values: {} } })
    send(socket, { is: "receipt", re: frame.id, seq: f.seqNow(), at: f.now() })
  })
}

// ---- the widget --------------------------------------------------------------------------------

function saidOnPage(page, message) {
  if (page.messages.some((known) => known.id === message.id)) return
  page.messages.push(message)
  push(page.sockets, { kind: "message_added", message })
}

function stage(page, name, agent_name = "", place = null) {
  Object.assign(page, { stage: name, agent_name, place })
  push(page.sockets, { kind: "stage_changed", contact: page.contact, stage: name, agent_name, place })
}

function answer(page) {
  const { length } = page.messages
  for (const socket of page.sockets) send(socket, { is: "typing", author: "bot" })
  setTimeout(() => {
    if (page.stage !== "bot") return
    const text =
      "I am sorry the bottle broke. You can have a new one (in stock again on 2 December) or $47.84 back to your PayPal. A photo is all we need."
    const choices = ["Money back", "New bottle", "Something else"].map((label) => ({ label, say: label }))
    saidOnPage(page, f.message(`B${length}`, "bot", text, { choices, sources: ["orders, 4 min old"] }))
  }, 1200)
}

function wantsPerson(page) {
  saidOnPage(page, f.message(`S${page.messages.length}`, "system", "", { code: "handed_over" }))
  stage(page, "waiting", "", 3)
  const talk = {
    ...f.talks.get("K2"),
    contact: page.contact,
    customer_name: "Visitor",
    state: "offered",
    owner: null,
    owner_name: "",
    waiting_since: f.now(),
    last_text: page.messages.at(-2)?.text ?? "",
  }
  f.talks.set(page.contact, talk)
  f.words.set(page.contact, { messages: page.messages, notes: [], facts: [], brief: null, customer: null, why: [] })
  const offer = {
    offer: `O${page.contact}`,
    talk,
    made_at: f.now(),
    expires_at: f.now() + 20_000,
    rule: "longest_idle",
    values: { idle_ms: 95_000 },
    auto_accept: false,
  }
  offers.push(offer)
  push(desks, { kind: "offer_shown", offer })
}

const WIDGET = {
  say: (page, frame) => {
    if (page.stage === "closed" || page.contact === null) {
      page.contact = frame.id
      page.messages = []
      page.stage = "bot"
      for (const socket of page.sockets) pageState(page, socket)
    }
    const message = f.message(frame.id, "customer", frame.text)
    saidOnPage(page, message)
    if (page.stage === "agent") saidOnTalk(page.contact, message)
    if (/person|agent|human/i.test(frame.text)) wantsPerson(page)
    else if (page.stage === "bot") answer(page)
  },
  person: (page, frame) => {
    page.contact ??= frame.id
    wantsPerson(page)
  },
  bot: (page) => stage(page, "waiting_with_bot", "", page.place),
  leave: (page) => stage(page, "closed"),
  seen: () => {},
}

function pageState(page, socket) {
  socket.last = f.seqNow()
  const { contact, stage, agent_name, place, messages } = page
  send(socket, {
    is: "state",
    seq: socket.last,
    talk: { contact, stage, agent_name, place, messages, more_before: false },
  })
}

function widget(socket) {
  let page
  socket.on("close", () => page?.sockets.delete(socket))
  socket.on("message", (text) => {
    const frame = JSON.parse(text)
    if (frame.do === "ping") return send(socket, { is: "pong", now: f.now() })
    if (frame.do === "hello") {
      const resume = frame.resume || `resume-${f.nextSeq()}`
      page = pages.get(resume) ?? {
        contact: null,
        stage: "none",
        agent_name: "",
        place: null,
        messages: [],
        sockets: new Set(),
      }
      pages.set(resume, page)
      page.sockets.add(socket)
      const look = { title: f.me.site_title, bot_name: "Assistant", accent: "#0b6e64", language: "en" }
      send(socket, { is: "welcome", resume, now: f.now(), look, text_max: 8000, attachment_bytes_max: 8388608 })
      return pageState(page, socket)
    }
    if (!frame.id) return
    WIDGET[frame.do](page, frame)
    send(socket, { is: "receipt", re: frame.id, seq: f.seqNow(), at: f.now() })
  })
}

const sockets = new WebSocketServer({ noServer: true })
server.on("upgrade", (request, stream, head) =>
  sockets.handleUpgrade(request, stream, head, (socket) =>
    request.url.startsWith("/desk") ? desk(socket) : widget(socket),
  ),
)
server.listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/ and /desk/`))
