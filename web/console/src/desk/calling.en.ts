/** What is said of a customer who is to be called back. */
export const en = {
  label: "Call back",
  chip: "call back",
  offered: "To be called back: take it, and the number is yours to call.",
  "offered.again":
    "{attempts, plural, one {To be called back: not reached once.} other {To be called back: not reached # times.}}",
  call: "Call {name}:",
  fetching: "Fetching the number…",
  failed: "Do not call: {reason}",
  no_number: "There is no number. Ask for it here, or report that they were not reached.",
  attempt: "attempt {number} of {max}",
  last: "the last attempt",
  reached: "Reached",
  not_reached: "Not reached",
  dial: "Dial",
  dial_number: "Dial {number}",
  "act.reached": "Called back: reached",
  "act.not_reached": "Called back: not reached",
} as const
