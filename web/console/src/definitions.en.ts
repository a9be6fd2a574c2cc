/** What each number means, in one place: shown wherever the number stands. The fold is `floor/measures.py`. */

export const definitions = {
  waiting: "Contacts queued for a person that nobody serves yet, offered ones included.",
  oldest: "How long the one who waits longest has been waiting for a person.",
  expected_wait:
    "What somebody who queues now is told: from the wait that half of them stay under to the one that eight of ten do. By the site’s own history; before there is enough, places in line times the mean time between the last answers.",
  service_level:
    "Answered by a person within the queue’s time, of all answered and of those who left after the short-abandon time. By queue of entry; the clock starts with queueing.",
  service_level_now: "The service level of those who entered in the last 30 minutes.",
  abandoned:
    "Left while waiting or offered, before anybody answered. Those who left within the queue’s short-abandon time are counted apart.",
  abandoned_share: "Abandoned, of all answered and abandoned.",
  short_abandoned: "Left before the queue’s short-abandon time: most of them did not mean to wait.",
  answered: "An agent took it, for the first time after it queued.",
  entered: "Queued for a person. A parked talk that is spoken to again and has to queue enters anew.",
  asa: "Average speed of answer: from queueing to the first answer, over all answered.",
  aht: "Average handling time: talk, hold and wrap-up, over the closed. An agent with three chats for a minute gives three minutes.",
  occupancy: "Handling, of handling and ready time.",
  ready: "Agents whose presence is ready, whose desk is open and whose skills fit; of all who are signed in and fit.",
  overdue: "Talks in which the customer waits for a reply for longer than the queue’s reply clock.",
  load: "How much of the agent’s capacity the talks take. An offer takes as much as a talk.",
  open: "All contacts that are not closed: with the assistant, waiting, served, parked and in wrap-up.",
  with_bot: "Open contacts that the assistant has.",
  solved_by_bot: "Closed by the customer as solved, with no person needed: before queueing, or while waiting.",
  within: "Answered within the queue’s time, as it was when the contact entered.",
  longest_wait: "The longest wait of those who were answered or left. Who still waits is not in it.",
  handled: "Answered, and closed since, or entered anew.",
  agent_s_per_contact:
    "What a contact cost: time in which agents handled anything, over the contacts handled. Three chats at once cost a third each.",
  handling_time: "Time in which an agent had at least one talk or wrap-up.",
  ready_time: "Time in which an agent was ready, the desk open, with nothing to handle.",
  came: "Contacts that queued for a person, per quarter of an hour.",
  asked_twice:
    "Questions whose answer was known: the assistant asked for a fact that the talk held, or an agent put, word for word, what the assistant or a colleague had asked and the customer had answered. The same in other words is not seen.",
  promised:
    "Call backs promised to customers who waited, in their turn or at a time. They wait no more, and are no part of service level, speed of answer or abandonment.",
  kept: "Of the promised call backs, those that an agent had in time: in its turn, or within half an hour after the time agreed. Whether the customer was reached is not in it.",
  unreached: "Called back as often as the queue promises, and never reached.",
  calls: "Customers who are promised a call back that nobody has made yet: in line, or at a time that was agreed.",
  test: "Contacts of somebody who walked the customer’s path. No other number counts them.",
} as const

export type Measure = keyof typeof definitions
