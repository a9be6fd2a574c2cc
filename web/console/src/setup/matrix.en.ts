/** What the skills matrix tells of skills and queues, in English. */

export const en = {
  queue: "Queue",
  all_queues: "All queues",
  reach: "{first} of {all} agents may serve {queue} at once.",
  reach_later: "{first} of {all} agents may serve {queue} at once, {last} once it has asked for less.",
  needs_nothing: "{queue} needs no skill: everybody may serve it.",
  serves: "may serve it at once",
  serves_later: "may serve it once it asks for less",
  have: "Have it",
  have_label: "{skill}: {count, plural, one {# agent has} other {# agents have}} it",
  have_lacking: "and a queue needs it of whom there is nobody",
  lacking: "Needed, and nobody has enough of it:",
  lacking_one: "{skill}, at least {level}, for {queue}",
  lacking_more: "{count, plural, one {and # more} other {and # more}}",
  told: "{count, plural, one {# agent has} other {# agents have}} it, at most at level {highest}.",
  told_nobody: "Nobody has it.",
  needed: "Needed by",
  needed_by: "at least {level}: {count, plural, one {# agent} other {# agents}}",
  needed_nobody: "at least {level}: nobody",
  needed_none: "No queue needs it.",
} as const
