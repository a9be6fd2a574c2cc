// A small invented desk: people, talks and records for the mock.
const MINUTE = 60_000
export const now = () => Date.now()

let seq = 1000
export const nextSeq = () => ++seq
export const seqNow = () => seq

export const me = {
  person: "P1",
  name: "Maja Keller",
  email: "maja@example.org",
  site: "main",
  site_title: "Fluggerbot & Co.",
  role: "supervisor",
  agent: "A1",
}

export const message = (id, author, text, extra = {}) => ({
  id,
  seq: nextSeq(),
  at: now(),
  author,
  text,
  agent: author === "agent" ? "A1" : null,
  author_name: author === "agent" ? "Maja" : "",
  code: "",
  values: {},
  attachments: [],
  choices: [],
  sources: [],
  delivery: author === "customer" ? "recorded" : "delivered",
  ...extra,
})

const talk = (contact, name, extra) => ({
  contact,
  channel: "web",
  state: "active",
  opened_at: now() - 20 * MINUTE,
  changed_at: now(),
  customer: null,
  customer_name: name,
  identity_level: 2,
  queue: "returns",
  need: "return",
  need_title: "Return a damaged item",
  owner: "A1",
  owner_name: "Maja Keller",
  waiting_since: null,
  due_at: null,
  reply_due_at: null,
  reply_overdue: false,
  wrap_up_until: null,
  held: false,
  last_text: "",
  last_at: now() - 3 * MINUTE,
  unread_count: 0,
  participants: [],
  ...extra,
})

const fact = (key, label, value, origin, certainty, ago) => ({
  key,
  value,
  origin,
  certainty,
  at: now() - ago * MINUTE,
  label,
  learned_by: null,
  message: null,
  valid_until: null,
})

export const image = { source: "retail CRM", version: 41, loaded_at: now() - 4 * MINUTE }

export const panel = {
  customer: "C1",
  name: "Noah Brown",
  identity_level: 3,
  fields: [
    { label: "Lives in", value: "Denver, CO 80279", kind: "text" },
    { label: "E-mail", value: "noah.brown@example.org", kind: "email" },
    { label: "Customer since", value: "March 2022", kind: "text" },
    { label: "Pays by", value: "PayPal ··· 7330", kind: "text" },
    { label: "Reach", value: "Messenger, mail; no calls after 18:00", kind: "text" },
  ],
  records: [
    {
      kind: "order",
      key: "W2611340",
      title: "Water bottle, 1 l, glass",
      status: "delivered",
      amount: "$47.84",
      date: "2026-11-18",
      fields: [{ label: "Paid by", value: "PayPal", kind: "text" }],
      items: [{ label: "Water bottle, 1 l, glass, blue", value: "$47.84", kind: "text" }],
    },
    {
      kind: "order",
      key: "W4817420",
      title: "Mechanical keyboard and 2 more",
      status: "processed",
      amount: "$488.81",
      date: "2026-11-20",
      fields: [],
      items: [],
    },
    {
      kind: "order",
      key: "W9911714",
      title: "Desk lamp",
      status: "delivered",
      amount: "$119.20",
      date: "2026-10-02",
      fields: [],
      items: [],
    },
  ],
  records_count: 14,
  image,
  earlier: [
    {
      contact: "E1",
      channel: "web",
      opened_at: now() - 9 * 24 * 60 * MINUTE,
      closed_at: now() - 9 * 24 * 60 * MINUTE,
      need: "Return a damaged item",
      ending: "served",
    },
    {
      contact: "E2",
      channel: "mail",
      opened_at: now() - 150 * 24 * 60 * MINUTE,
      closed_at: now() - 149 * 24 * 60 * MINUTE,
      need: "Invoice copy",
      ending: "solved_by_bot",
    },
  ],
}

const facts = [
  fact("name", "Name", "Noah Brown", "record", 3, 14),
  fact("order", "Order", "W2611340", "customer", 4, 13),
  fact("item", "Item", "Water bottle, 1 l, glass, blue, $47.84", "record", 3, 13),
  fact("damage", "Damage", "Glass broken on arrival", "customer", 2, 12),
]

export const brief = {
  customer: "C1",
  identity_level: 3,
  identity_proof: "e-mail",
  need: "return",
  need_title: "Return a damaged item",
  need_share: 0.97,
  reason: "asked_for_person",
  facts,
  answered: [{ text: "The return window is open until 18 December", at: now() - 12 * MINUTE }],
  tried: [{ text: "Replacement: none in stock; prefers the money back", at: now() - 11 * MINUTE }],
  asked: ["order"],
  mood: "annoyed",
}

const noah = talk("K1", "Noah Brown", {
  customer: "C1",
  identity_level: 3,
  reply_due_at: now() + 48_000,
  last_text: "Perfect. When will I see the money?",
  unread_count: 1,
})
const yusuf = talk("K2", "Yusuf Rossi", {
  need_title: "Exchange · other switches",
  last_text: "I would like the clicky ones instead",
  last_at: now() - 6 * MINUTE,
})
const mei = talk("K3", "Mei Kovacs", {
  channel: "mail",
  need_title: "Wrong address on an invoice",
  last_text: "Please correct the company name on INV-2291",
  last_at: now() - 92 * MINUTE,
  reply_overdue: true,
})
const aarav = talk("K4", "Aarav Santos", {
  state: "parked",
  need_title: "Refund confirmed, waits for the bank",
  last_text: "Thank you, I will wait",
  last_at: now() - 130 * MINUTE,
})
const lena = talk("K5", "Lena Okafor", {
  state: "wrap_up",
  wrap_up_until: now() + 52_000,
  need_title: "Delivery date",
  last_text: "Great, bye!",
  last_at: now() - MINUTE,
})
const ana = talk("K6", "Ana Lindqvist", {
  state: "offered",
  owner: null,
  owner_name: "",
  queue: "sales",
  need_title: "Wants to buy two Fluggerbots",
  waiting_since: now() - 38_000,
  due_at: now() + 22_000,
  last_text: "Can I have both by Friday?",
})

export const talks = new Map([noah, yusuf, mei, aarav, lena, ana].map((t) => [t.contact, t]))

export const words = new Map([
  [
    "K1",
    {
      messages: [
        message("M1", "customer", "Hi, my bottle came in pieces again 😕 this is the second time"),
        message(
          "M2",
          "bot",
          "I am the shop’s automatic assistant. I see order W2611340 with the blue glass bottle. I am sorry it broke. A photo helps us refund it at once.",
          { sources: ["orders, version 41, 4 min old"] },
        ),
        message("M3", "customer", "here — and please no third bottle, just refund", {
          attachments: [{ id: "F1", name: "photo.jpg", media_type: "image/jpeg", bytes_count: 482_113 }],
        }),
        message("M4", "system", "", { code: "handed_over", values: { queue: "Returns" } }),
        message(
          "M5",
          "agent",
          "Hello Noah, I have your photo and the order before me. I refund $47.84 to your PayPal now; nothing to send back.",
          { delivery: "read" },
        ),
        message("M6", "customer", "Perfect. When will I see the money?"),
      ],
      notes: [
        {
          id: "N1",
          seq: 1004.5,
          at: now() - 5 * MINUTE,
          text: "Warehouse confirms: the batch of 12 November is badly packed.",
          agent: "A2",
          author_name: "Tom Baker",
        },
      ],
      facts,
      brief,
      customer: panel,
      why: [
        {
          seq: 1003.1,
          at: now() - 10 * MINUTE,
          rule: "queued_customer_asked",
          values: { queue: "returns", reason: "asked_for_person" },
        },
        {
          seq: 1003.2,
          at: now() - 9 * MINUTE,
          rule: "least_sufficient",
          values: { agent: "A1", surplus: 0, idle_ms: 312_000 },
        },
        { seq: 1003.3, at: now() - 9 * MINUTE, rule: "engaged", values: { agent: "A1" } },
      ],
    },
  ],
])

export const offers = [
  {
    offer: "O1",
    talk: ana,
    made_at: now(),
    expires_at: now() + 20_000,
    rule: "least_sufficient",
    values: { surplus: 1, idle_ms: 140_000 },
    auto_accept: false,
  },
]

const named = (id, title) => ({ id, title })
export const queues = [named("returns", "Returns"), named("orders", "Orders"), named("sales", "Sales")]
export const agents = [
  named("A1", "Maja Keller"),
  named("A2", "Tom Baker"),
  named("A3", "Ines Ferreira"),
  named("A4", "Oluwaseun Adeyemi"),
]
export const dispositions = [
  named("refunded", "Refunded"),
  named("answered", "Question answered"),
  named("sold", "Sold"),
  named("passed", "Passed to another department"),
]
export const reasons = [named("break", "Break"), named("training", "Training"), named("meeting", "Meeting")]

export const board = () => ({
  at: now(),
  queues: [
    { queue: "returns", title: "Returns", waiting_count: 6, oldest_since: now() - 112_000, agents_ready_count: 0 },
    { queue: "orders", title: "Orders", waiting_count: 3, oldest_since: now() - 24_000, agents_ready_count: 4 },
    { queue: "sales", title: "Sales", waiting_count: 0, oldest_since: null, agents_ready_count: 2 },
  ],
  agents: [
    { agent: "A1", name: "Maja Keller", presence: "ready", reason: null, since: now() - 102 * MINUTE, talks_count: 4 },
    { agent: "A2", name: "Tom Baker", presence: "away", reason: "break", since: now() - 12 * MINUTE, talks_count: 1 },
    { agent: "A3", name: "Ines Ferreira", presence: "ready", reason: null, since: now() - 22_000, talks_count: 0 },
    {
      agent: "A4",
      name: "Oluwaseun Adeyemi",
      presence: "offline",
      reason: null,
      since: now() - 300 * MINUTE,
      talks_count: 0,
    },
  ],
  talks: [...talks.values()],
})
