import type { LaterWords } from "./later.en"

export const words: LaterWords = {
  "survey.ask": "¿Qué tal le fue?",
  "survey.1": "Muy mal",
  "survey.2": "Mal",
  "survey.3": "Regular",
  "survey.4": "Bien",
  "survey.5": "Muy bien",
  "survey.word": "¿Quiere añadir algo? (opcional)",
  "survey.send": "Enviar",
  "survey.skip": "Prefiero no decirlo",
  "survey.thanks": "¡Gracias!",
  head: "Su conversación con {title}",
  file: "Guardar en un archivo",
  mail: "Enviarme esta conversación por correo",
  address: "Su dirección de correo",
  send: "Enviar",
  file_to: "Enviar a {to}",
  other: "A otra dirección",
  sent: "Va de camino a {to}.",
  email_wrong: "Escriba una dirección de correo como anna@shop.example.",
  gate_too_many_letters: "Se ha enviado tres veces en una hora: espere un rato, por favor.",
}
