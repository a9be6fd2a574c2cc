import type { LaterWords } from "./later.en"

export const words: LaterWords = {
  "survey.ask": "كيف كانت المحادثة؟",
  "survey.1": "سيئة جدًا",
  "survey.2": "سيئة",
  "survey.3": "متوسطة",
  "survey.4": "جيدة",
  "survey.5": "جيدة جدًا",
  "survey.word": "هل تود إضافة شيء؟ (اختياري)",
  "survey.send": "إرسال",
  "survey.skip": "أفضّل عدم الإجابة",
  "survey.thanks": "شكرًا لك!",
  head: "محادثتك مع {title}",
  file: "حفظ في ملف",
  mail: "أرسلوا لي هذه المحادثة بالبريد",
  address: "عنوان بريدك الإلكتروني",
  send: "إرسال",
  file_to: "إرسال إلى {to}",
  other: "إلى عنوان آخر",
  sent: "إنها في الطريق إلى {to}.",
  email_wrong: "اكتب عنوان بريد إلكتروني مثل anna@shop.example.",
  gate_too_many_letters: "أُرسلت ثلاث مرات خلال ساعة: يُرجى الانتظار قليلًا.",
}
