import type { LaterWords } from "./later.en"

export const words: LaterWords = {
  "survey.ask": "Comment cela s’est-il passé ?",
  "survey.1": "Très mal",
  "survey.2": "Mal",
  "survey.3": "Moyennement",
  "survey.4": "Bien",
  "survey.5": "Très bien",
  "survey.word": "Quelque chose à ajouter ? (facultatif)",
  "survey.send": "Envoyer",
  "survey.skip": "Plutôt pas",
  "survey.thanks": "Merci !",
  head: "Votre conversation avec {title}",
  file: "Enregistrer dans un fichier",
  mail: "M’envoyer cette conversation par e-mail",
  address: "Votre adresse e-mail",
  send: "Envoyer",
  file_to: "Envoyer à {to}",
  other: "À une autre adresse",
  sent: "Elle est en route vers {to}.",
  email_wrong: "Écrivez une adresse e-mail comme anna@shop.example.",
  gate_too_many_letters: "Elle a été envoyée trois fois en une heure : attendez un peu, s’il vous plaît.",
}
