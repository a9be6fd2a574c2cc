/** Every key of the desk, for the list of them. Whoever adds a key adds its line here. */

import type { Words } from "../messages.en"

export type KeyLine = readonly [keys: string, does: keyof Words]

export const KEYS: readonly (readonly [keyof Words, readonly KeyLine[]])[] = [
  [
    "keys.anywhere",
    [
      ["Alt ↑  Alt ↓", "keys.walk"],
      ["P", "keys.presence"],
      ["S", "keys.site"],
      ["?", "keys.help"],
    ],
  ],
  [
    "keys.offers",
    [
      ["Enter", "offer.take"],
      ["Esc", "offer.decline"],
      ["O", "keys.to_offer"],
    ],
  ],
  [
    "keys.writing",
    [
      ["Ctrl ↵", "write.send"],
      ["Ctrl Z  Esc  Alt Z", "keys.undo"],
      ["N", "keys.note"],
      ["@", "keys.mention"],
      ["/  Alt /", "keys.replies"],
      ["Tab", "keys.gap"],
      ["Alt 1 … Alt 3", "keys.suggest"],
      ["Alt U", "write.attach"],
    ],
  ],
  [
    "keys.talk",
    [
      ["T", "talk.transfer"],
      ["C", "talk.ask"],
      ["Z", "talk.snooze"],
      ["G", "talk.merge"],
      ["M", "talk.more"],
      ["E", "talk.finish"],
      ["R  X", "keys.called"],
    ],
  ],
  [
    "keys.wrap_up",
    [
      ["1 … 9", "keys.disposition"],
      ["Ctrl ↵", "wrap.submit"],
    ],
  ],
]
