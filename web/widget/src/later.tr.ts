import type { LaterWords } from "./later.en"

export const words: LaterWords = {
  "survey.ask": "Nasıl geçti?",
  "survey.1": "Çok kötü",
  "survey.2": "Kötü",
  "survey.3": "Orta",
  "survey.4": "İyi",
  "survey.5": "Çok iyi",
  "survey.word": "Eklemek istediğiniz bir şey var mı? (isteğe bağlı)",
  "survey.send": "Gönder",
  "survey.skip": "Yanıtlamak istemiyorum",
  "survey.thanks": "Teşekkürler!",
  head: "{title} ile görüşmeniz",
  file: "Dosya olarak kaydet",
  mail: "Bu görüşmeyi bana e-postayla gönder",
  address: "E-posta adresiniz",
  send: "Gönder",
  file_to: "{to} adresine gönder",
  other: "Başka bir adrese",
  sent: "{to} adresine yola çıktı.",
  email_wrong: "anna@shop.example gibi bir e-posta adresi yazın.",
  gate_too_many_letters: "Bir saat içinde üç kez gönderildi: lütfen biraz bekleyin.",
}
