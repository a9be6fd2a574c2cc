import type { LaterWords } from "./later.en"

export const words: LaterWords = {
  "survey.ask": "Wie ist es gelaufen?",
  "survey.1": "Sehr schlecht",
  "survey.2": "Schlecht",
  "survey.3": "Mittelmäßig",
  "survey.4": "Gut",
  "survey.5": "Sehr gut",
  "survey.word": "Möchten Sie etwas dazu sagen? (freiwillig)",
  "survey.send": "Senden",
  "survey.skip": "Lieber nicht",
  "survey.thanks": "Vielen Dank!",
  head: "Ihr Gespräch mit {title}",
  file: "Als Datei sichern",
  mail: "Dieses Gespräch per E-Mail schicken",
  address: "Ihre E-Mail-Adresse",
  send: "Senden",
  file_to: "An {to} senden",
  other: "An eine andere Adresse",
  sent: "Es ist unterwegs an {to}.",
  email_wrong: "Schreiben Sie eine E-Mail-Adresse wie anna@shop.example.",
  gate_too_many_letters: "Es wurde in der letzten Stunde dreimal gesendet: Bitte warten Sie eine Weile.",
}
