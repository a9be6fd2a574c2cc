/** What only later parts say, fetched with the first of them. Another language is another file of this shape. */

export const words = {
  "survey.ask": "How did it go?",
  "survey.1": "Very bad",
  "survey.2": "Bad",
  "survey.3": "So-so",
  "survey.4": "Good",
  "survey.5": "Very good",
  "survey.word": "Anything to add? (optional)",
  "survey.send": "Send",
  "survey.skip": "Rather not",
  "survey.thanks": "Thank you!",
  head: "Your talk with {title}",
  file: "Save as a file",
  mail: "Send me this talk by mail",
  address: "Your e-mail address",
  send: "Send",
  file_to: "Send to {to}",
  other: "To another address",
  sent: "It is on its way to {to}.",
  email_wrong: "Write an e-mail address such as anna@shop.example.",
  gate_too_many_letters: "It was sent three times within the hour: please wait a while.",
} as const

export type LaterWords = Record<keyof typeof words, string>
