// Made by "npm run types" from the server's words. Do not edit.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Accept */
        readonly Accept: {
            /** @enum {unknown} */
            readonly do: "accept";
            readonly id: string;
            readonly offer: string;
        };
        /** AcceptRequest */
        readonly AcceptRequest: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "accept_request";
            readonly id: string;
        };
        /**
         * Address
         * @description Where the customer can be met, as far as is on file. `kind`: "email", "phone", "channel".
         */
        readonly Address: {
            readonly kind: string;
            readonly value: string;
        };
        /**
         * Agent
         * @description Somebody who serves contacts. `name` is for colleagues, `display_name` for customers (empty: `name`).
         */
        readonly Agent: {
            /** @default  */
            readonly display_name: string;
            readonly id: string;
            readonly name: string;
            readonly spec: components["schemas"]["AgentSpec"];
            /** @default null */
            readonly team: string | null;
        };
        /** AgentLine */
        readonly AgentLine: {
            readonly agent: string;
            readonly connected: boolean;
            readonly lost_until: number | null;
            readonly name: string;
            readonly over_at: number | null;
            readonly overdue_count: number;
            readonly presence: components["schemas"]["Presence"];
            readonly queues: readonly string[];
            readonly reason: string | null;
            readonly since: number;
            readonly talks_count: number;
            readonly team: string;
            readonly units: number;
            readonly units_max: number;
        };
        /**
         * AgentSpec
         * @description What the floor has to know of an agent. `skills` maps a skill to the agent's level, 1..10.
         */
        readonly AgentSpec: {
            /** @default false */
            readonly auto_accept: boolean;
            /** @default 100 */
            readonly capacity_units: number;
            /** @default [] */
            readonly channels: readonly components["schemas"]["ChannelCapacity"][];
            readonly skills: {
                readonly [key: string]: number;
            };
            /** @default null */
            readonly wrap_up_s: number | null;
        };
        /**
         * Alert
         * @description Raised when the number was at `raise_at` or worse for `for_s` seconds, cleared when it was at `clear_at` or
         *         better for as long. `queues`: where it is watched (empty: at each); `whole_site`: over all of them instead.
         */
        readonly Alert: {
            /** @default 5 */
            readonly clear_at: number;
            /** @default 30 */
            readonly for_s: number;
            readonly id: string;
            readonly measure: components["schemas"]["AlertMeasure"];
            /** @default [] */
            readonly queues: readonly string[];
            /** @default 10 */
            readonly raise_at: number;
            readonly title: string;
            /** @default false */
            readonly whole_site: boolean;
        };
        /**
         * AlertLine
         * @description A raised alert. `seen_by`: the supervisor who takes care of it.
         */
        readonly AlertLine: {
            readonly alert: string;
            readonly limit: number;
            readonly measure: components["schemas"]["AlertMeasure"];
            readonly queue: string;
            readonly raised_at: number;
            /** @default  */
            readonly seen_by: string;
            readonly value: number;
        };
        /**
         * AlertMeasure
         * @description Definitions: docs/guide/reports.md. The two shares are those of the last 30 minutes, 0..1.
         * @enum {unknown}
         */
        readonly AlertMeasure: "abandoned_share" | "nobody_ready" | "oldest_s" | "overdue" | "service_level" | "waiting";
        /** AlertsNow */
        readonly AlertsNow: {
            readonly alerts: readonly components["schemas"]["AlertLine"][];
            /** @enum {unknown} */
            readonly is: "alerts";
        };
        /** ArmCounts */
        readonly ArmCounts: {
            /** @default 0 */
            readonly due: number;
            /** @default 0 */
            readonly opened: number;
            /** @default 0 */
            readonly talk: number;
            /** @default 0 */
            readonly waved: number;
        };
        /**
         * AskCall
         * @description The visitor wants to be called back. `at` None: in their turn. `number` None: the one they gave before.
         *
         *         `region`: the country that a number without its code is of, as the visitor's browser has it.
         */
        readonly AskCall: {
            /** @default null */
            readonly at?: number | null;
            readonly id: string;
            /** @default null */
            readonly number?: string | null;
            /** @default  */
            readonly region?: string;
        };
        /**
         * AskClosing
         * @description `reason` is for colleagues; customers hear when it opens again.
         */
        readonly AskClosing: {
            readonly reason: string;
            readonly until: number;
        };
        /**
         * AskColleague
         * @description Consulted: reads, and writes notes. Invited: writes to the customer too. The note stands in the talk.
         */
        readonly AskColleague: {
            readonly colleague: string;
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "ask_colleague";
            readonly id: string;
            /** @default  */
            readonly note?: string;
            readonly role: components["schemas"]["Role"];
        };
        /** AskForPerson */
        readonly AskForPerson: {
            /** @enum {unknown} */
            readonly do: "person";
            readonly id: string;
        };
        /**
         * AskLetter
         * @description The visitor wants their talk by mail. `to` None: to the address on file. In their language and zone.
         */
        readonly AskLetter: {
            /** @default en */
            readonly language?: string;
            /** @default null */
            readonly to?: string | null;
            /** @default UTC */
            readonly zone?: string;
        };
        /**
         * AskTrial
         * @description The queue's rules as they would be.
         */
        readonly AskTrial: {
            readonly spec: components["schemas"]["QueueSpec"];
        };
        /**
         * Asked
         * @description A colleague who was asked into the talk. `end` tells why they did not join; None: no answer yet.
         */
        readonly Asked: {
            readonly agent: string;
            /** @default null */
            readonly end: components["schemas"]["RequestEnd"] | null;
            readonly expires_at: number;
            readonly name: string;
            readonly role: components["schemas"]["Role"];
        };
        /** AttachmentRef */
        readonly AttachmentRef: {
            readonly bytes_count: number;
            readonly id: string;
            readonly media_type: string;
            readonly name: string;
        };
        /**
         * AuditLine
         * @description Who did what to which part of the set-up. `values` tells the change; no secret is ever in it.
         */
        readonly AuditLine: {
            readonly action: string;
            readonly actor: string;
            readonly at: number;
            readonly seq: number;
            readonly subject: string;
            readonly values: Record<string, never>;
        };
        /**
         * AuthorKind
         * @enum {unknown}
         */
        readonly AuthorKind: "agent" | "bot" | "customer" | "system";
        /** BePresent */
        readonly BePresent: {
            /** @enum {unknown} */
            readonly do: "presence";
            readonly id: string;
            readonly presence: components["schemas"]["Presence"];
            /** @default null */
            readonly reason?: string | null;
        };
        /**
         * Begin
         * @description Write first to a customer who was here before, in the talk `after`. Without a queue: the one of that talk.
         */
        readonly Begin: {
            readonly after: string;
            readonly customer: string;
            /** @enum {unknown} */
            readonly do: "begin";
            readonly id: string;
            /** @default null */
            readonly queue?: string | null;
            readonly text: string;
        };
        /**
         * Blanks
         * @description One entry of each kind with nothing but its defaults, for whoever begins a new one.
         */
        readonly Blanks: {
            readonly agents: components["schemas"]["Agent"];
            readonly alerts: components["schemas"]["Alert"];
            readonly dispositions: components["schemas"]["Disposition"];
            readonly presence_reasons: components["schemas"]["PresenceReason"];
            readonly queues: components["schemas"]["Queue"];
            readonly replies: components["schemas"]["Reply"];
            readonly skills: components["schemas"]["Skill"];
            readonly teams: components["schemas"]["Team"];
        };
        /**
         * BoardNow
         * @description `whole`: forget what was shown. Otherwise only the lines that changed, and the ids of those that are gone.
         */
        readonly BoardNow: {
            /** @default [] */
            readonly agents: readonly components["schemas"]["AgentLine"][];
            readonly at: number;
            readonly counts: components["schemas"]["FloorCounts"];
            /** @default [] */
            readonly gone: readonly string[];
            /** @enum {unknown} */
            readonly is: "board";
            /** @default [] */
            readonly queues: readonly components["schemas"]["QueueLine"][];
            readonly whole: boolean;
        };
        /**
         * Brief
         * @description What the next person needs to know, so that the customer is asked nothing twice.
         */
        readonly Brief: {
            /** @default [] */
            readonly answered: readonly components["schemas"]["BriefLine"][];
            /** @default [] */
            readonly asked: readonly string[];
            /** @default null */
            readonly customer: string | null;
            /** @default [] */
            readonly facts: readonly components["schemas"]["Fact"][];
            /** @default 0 */
            readonly identity_level: number;
            /** @default  */
            readonly identity_proof: string;
            /** @default  */
            readonly mood: string;
            /** @default  */
            readonly need: string;
            /** @default 0 */
            readonly need_share: number;
            /** @default  */
            readonly need_title: string;
            /** @default  */
            readonly reason: string;
            /** @default [] */
            readonly tried: readonly components["schemas"]["BriefLine"][];
        };
        /**
         * BriefLine
         * @description One thing that was answered or tried, and whether it helped.
         */
        readonly BriefLine: {
            readonly at: number;
            readonly text: string;
        };
        /**
         * By
         * @description What the rows of a report are.
         * @enum {unknown}
         */
        readonly By: "agent" | "channel" | "need" | "queue";
        /**
         * Bye
         * @description The server closes this socket. `again`: saying hello anew is welcome (after a moment).
         */
        readonly Bye: {
            readonly again: boolean;
            readonly error: components["schemas"]["ErrorBody"];
            /** @enum {unknown} */
            readonly is: "bye";
        };
        /**
         * Call
         * @description What was promised, if anything. `at`: the time that was agreed; `attempts` did not reach them.
         */
        readonly Call: {
            /** @default null */
            readonly at: number | null;
            /** @default 0 */
            readonly attempts: number;
            readonly state: components["schemas"]["CallIs"];
        };
        /**
         * CallAsked
         * @description It is promised. `number`: in full where it was just given, so that who wrote it may see what it was read as.
         */
        readonly CallAsked: {
            readonly number: string;
        };
        /**
         * CallChoices
         * @description How the visitor may be called back. `number`: the one they gave, all but its end hidden; "": none yet.
         */
        readonly CallChoices: {
            readonly keeps_place: boolean;
            readonly number: string;
            readonly slots: readonly number[];
        };
        /**
         * CallIs
         * @description Where the customer stands with being called back.
         * @enum {unknown}
         */
        readonly CallIs: "" | "booked" | "kept" | "now" | "proposed";
        /**
         * CallOff
         * @description The customer wants no call back. One in line waits on; one with a time is closed. `seen_at`: as above.
         */
        readonly CallOff: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "call_off";
            readonly id: string;
            readonly seen_at: number | null;
        };
        /**
         * CallPage
         * @description Leave to call, and where. `rule`: by which the gate gave it.
         */
        readonly CallPage: {
            readonly number: string;
            readonly rule: string;
        };
        /**
         * CallPromised
         * @description The customer is to be called back: in their turn (`at` None) or at a time.
         */
        readonly CallPromised: {
            readonly at: number | null;
            readonly attempts: number;
            readonly attempts_max: number;
        };
        /**
         * CallSlots
         * @description The next half hours for which a call back can be booked, by their beginning.
         */
        readonly CallSlots: {
            readonly slots: readonly number[];
        };
        /**
         * Called
         * @description I called the customer of this talk back, and reached them or did not.
         */
        readonly Called: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "called";
            readonly id: string;
            readonly reached: boolean;
        };
        /**
         * Catalogue
         * @description A site's whole set-up at one moment. Never changed in place: hold on to it as long as you like.
         *
         *         `version` counts the site's changes.
         */
        readonly Catalogue: {
            /** @default {} */
            readonly agents: {
                readonly [key: string]: components["schemas"]["Agent"];
            };
            /** @default {} */
            readonly alerts: {
                readonly [key: string]: components["schemas"]["Alert"];
            };
            /** @default {} */
            readonly dispositions: {
                readonly [key: string]: components["schemas"]["Disposition"];
            };
            /** @default {} */
            readonly presence_reasons: {
                readonly [key: string]: components["schemas"]["PresenceReason"];
            };
            /** @default {} */
            readonly queues: {
                readonly [key: string]: components["schemas"]["Queue"];
            };
            /** @default {} */
            readonly replies: {
                readonly [key: string]: components["schemas"]["Reply"];
            };
            readonly site: components["schemas"]["Site"];
            /** @default {} */
            readonly skills: {
                readonly [key: string]: components["schemas"]["Skill"];
            };
            /** @default {} */
            readonly teams: {
                readonly [key: string]: components["schemas"]["Team"];
            };
            /** @default 0 */
            readonly version: number;
        };
        /**
         * Certainty
         * @description How sure a fact is. Only `PROVED` and `ON_RECORD` need no confirming word.
         * @enum {unknown}
         */
        readonly Certainty: 1 | 2 | 3 | 4;
        /**
         * ChannelCapacity
         * @description How much of an agent one contact on this channel takes, and how many they may hold at once.
         */
        readonly ChannelCapacity: {
            readonly channel: string;
            readonly contacts_max: number;
            /** @default false */
            readonly interruptible: boolean;
            readonly units_each: number;
        };
        /**
         * Choice
         * @description An answer that the reader may pick instead of writing it. `say` is sent as if they had written it.
         */
        readonly Choice: {
            readonly label: string;
            readonly say: string;
        };
        /**
         * Closing
         * @description `by`: the supervisor's name. Instants in milliseconds.
         */
        readonly Closing: {
            readonly by: string;
            readonly closed_at: number;
            readonly queue: string;
            readonly reason: string;
            readonly until: number;
        };
        /** Colleague */
        readonly Colleague: {
            readonly name: string;
            readonly person: string;
        };
        /**
         * ColleagueRequest
         * @description I am asked into a talk: by whom, as what, why. One a contact.
         */
        readonly ColleagueRequest: {
            readonly agent: string;
            readonly agent_name: string;
            readonly contact: string;
            readonly customer: string | null;
            readonly customer_name: string;
            readonly expires_at: number;
            readonly made_at: number;
            readonly need_title: string;
            readonly note: string;
            readonly role: components["schemas"]["Role"];
        };
        /**
         * ColleagueTyping
         * @description Somebody else writes an answer in this talk.
         */
        readonly ColleagueTyping: {
            readonly colleague: components["schemas"]["Colleague"];
            readonly contact: string;
            /** @enum {unknown} */
            readonly is: "colleague_typing";
        };
        /**
         * ColleaguesNow
         * @description Who has this talk open now, oneself included. `seq`: from this number on, what happens there is pushed.
         */
        readonly ColleaguesNow: {
            readonly colleagues: readonly components["schemas"]["Colleague"][];
            readonly contact: string;
            /** @enum {unknown} */
            readonly is: "colleagues";
            readonly seq: number;
        };
        /**
         * ContactState
         * @enum {unknown}
         */
        readonly ContactState: "active" | "callback" | "closed" | "merged" | "offered" | "parked" | "waiting" | "with_bot" | "wrap_up";
        /**
         * CustomerHit
         * @description `by`: what they were found by ("name", "email", "order_number", ...), as it is on file.
         */
        readonly CustomerHit: {
            readonly by: string;
            readonly customer: string;
            readonly name: string;
            readonly value: string;
        };
        /**
         * CustomerPanel
         * @description `image` is None where the site has none. `on_file` is false where the image has no such customer (any more).
         */
        readonly CustomerPanel: {
            readonly addresses: readonly components["schemas"]["Address"][];
            readonly customer: string;
            readonly fields: readonly components["schemas"]["FieldLine"][];
            readonly groups: readonly components["schemas"]["RecordGroup"][];
            readonly identity_level: number;
            readonly image: components["schemas"]["ImageAge"] | null;
            readonly name: string;
            readonly on_file: boolean;
            readonly story: components["schemas"]["StoryPage"];
        };
        /**
         * Day
         * @enum {unknown}
         */
        readonly Day: "fri" | "mon" | "sat" | "sun" | "thu" | "tue" | "wed";
        /**
         * DayException
         * @description A date (2027-01-01) with other hours than its weekday's; none: closed.
         */
        readonly DayException: {
            readonly date: string;
            /** @default [] */
            readonly spans: readonly components["schemas"]["Span"][];
        };
        /**
         * DeadEnd
         * @enum {unknown}
         */
        readonly DeadEnd: "asked_twice" | "lost" | "no_answer" | "no_choice" | "no_person" | "other_answer" | "refused" | "unknown_question";
        /** Decline */
        readonly Decline: {
            /** @enum {unknown} */
            readonly do: "decline";
            readonly id: string;
            readonly offer: string;
            /** @default null */
            readonly reason?: string | null;
        };
        /** DeclineRequest */
        readonly DeclineRequest: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "decline_request";
            readonly id: string;
        };
        /**
         * Delivery
         * @description What became of a message to the customer.
         * @enum {unknown}
         */
        readonly Delivery: "delivered" | "failed" | "read" | "recorded" | "sent" | "unknown";
        /** DeliveryChanged */
        readonly DeskDeliveryChanged: {
            readonly contact: string;
            readonly delivery: components["schemas"]["Delivery"];
            /** @enum {unknown} */
            readonly kind: "delivery_changed";
            readonly message: string;
        };
        /**
         * Hello
         * @description What is shown already: everything up to `since`, of this `site`, with this version of its set-up.
         */
        readonly DeskHello: {
            /** @enum {unknown} */
            readonly do: "hello";
            /** @default null */
            readonly set_up?: number | null;
            /** @default null */
            readonly since?: number | null;
            /** @default null */
            readonly site?: string | null;
        };
        /**
         * Look
         * @description The talk that is open on this desk now; None: none. Volatile: answered with `ColleaguesNow`.
         */
        readonly DeskLook: {
            /** @default null */
            readonly contact?: string | null;
            /** @enum {unknown} */
            readonly do: "look";
        };
        /**
         * MessageAdded
         * @description `channel` and what follows are the talk's, as they are with this message.
         */
        readonly DeskMessageAdded: {
            /** @default null */
            readonly answers_on: string | null;
            readonly channel: string;
            readonly contact: string;
            /** @enum {unknown} */
            readonly kind: "message_added";
            readonly message: components["schemas"]["Message"];
            /** @default null */
            readonly reply_due_at: number | null;
            /** @default false */
            readonly reply_overdue: boolean;
            /** @default false */
            readonly woken: boolean;
        };
        /** Ping */
        readonly DeskPing: {
            /** @enum {unknown} */
            readonly do: "ping";
        };
        /** Pong */
        readonly DeskPong: {
            /** @enum {unknown} */
            readonly is: "pong";
            readonly now: number;
        };
        /** Push */
        readonly DeskPush: {
            readonly at: number;
            /** @enum {unknown} */
            readonly is: "push";
            readonly prev: number;
            readonly push: components["schemas"]["PresenceSet"] | components["schemas"]["TalkChanged"] | components["schemas"]["WatchedChanged"] | components["schemas"]["TalkMerged"] | components["schemas"]["TalkGone"] | components["schemas"]["RequestShown"] | components["schemas"]["RequestGone"] | components["schemas"]["OfferShown"] | components["schemas"]["OfferGone"] | components["schemas"]["DeskMessageAdded"] | components["schemas"]["NoteAdded"] | components["schemas"]["MentionHeeded"] | components["schemas"]["FactsLearned"] | components["schemas"]["DeskDeliveryChanged"] | components["schemas"]["SurveyTaken"] | components["schemas"]["StoryMoved"];
            readonly seq: number;
        };
        /** Say */
        readonly DeskSay: {
            /** @default [] */
            readonly attachments?: readonly string[];
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "say";
            readonly id: string;
            readonly text: string;
        };
        /** Seen */
        readonly DeskSeen: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "seen";
            readonly id: string;
            readonly message: string;
        };
        /** DeskState */
        readonly DeskState: {
            readonly agents: readonly components["schemas"]["Named"][];
            readonly dispositions: readonly components["schemas"]["DispositionLine"][];
            readonly me: components["schemas"]["Me"];
            /** @default [] */
            readonly mentions: readonly components["schemas"]["Mention"][];
            readonly offers: readonly components["schemas"]["Offer"][];
            /** @default [] */
            readonly on_duty: readonly components["schemas"]["OnDuty"][];
            readonly presence: components["schemas"]["MyPresence"];
            readonly presence_reasons: readonly components["schemas"]["Named"][];
            readonly queues: readonly components["schemas"]["Named"][];
            readonly requests: readonly components["schemas"]["ColleagueRequest"][];
            /** @default 0 */
            readonly set_up: number;
            readonly talks: readonly components["schemas"]["Talk"][];
        };
        /** State */
        readonly DeskStateFrame: {
            readonly desk: components["schemas"]["DeskState"];
            /** @enum {unknown} */
            readonly is: "state";
            readonly seq: number;
        };
        /** Typing */
        readonly DeskTyping: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "typing";
        };
        /** TypingNow */
        readonly DeskTypingNow: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly is: "typing";
        };
        /** Welcome */
        readonly DeskWelcome: {
            readonly attachment_bytes_max: number;
            /** @enum {unknown} */
            readonly is: "welcome";
            readonly now: number;
            readonly text_max: number;
        };
        /**
         * Disposition
         * @description How a talk can be said to have ended. `queues`: where it is offered (empty: everywhere).
         */
        readonly Disposition: {
            readonly id: string;
            /** @default [] */
            readonly queues: readonly string[];
            readonly title: string;
        };
        /**
         * DispositionLine
         * @description `queues`: where it is offered; none: everywhere.
         */
        readonly DispositionLine: {
            readonly id: string;
            /** @default [] */
            readonly queues: readonly string[];
            readonly title: string;
        };
        /**
         * EndedBy
         * @description Who had the talk last.
         * @enum {unknown}
         */
        readonly EndedBy: "agent" | "bot";
        /**
         * ErrorBody
         * @description `code` is stable; `text` says in English what to do; `values` let a screen say it in another language.
         */
        readonly ErrorBody: {
            readonly code: string;
            readonly text: string;
            /** @default {} */
            readonly values: {
                readonly [key: string]: number | string | null;
            };
        };
        /**
         * Every
         * @description How long an interval is.
         * @enum {unknown}
         */
        readonly Every: "15" | "30" | "60" | "day" | "period";
        /**
         * Fact
         * @description Something learned once, so that nobody asks again.
         *
         *         `key` is a dotted name ("order", "email", "need", "reason"); `value` is shown as it is. `valid_until` (ms)
         *         says until when it holds; None: for good.
         */
        readonly Fact: {
            readonly at: number;
            readonly certainty: components["schemas"]["Certainty"];
            readonly key: string;
            /** @default  */
            readonly label: string;
            /** @default null */
            readonly learned_by: string | null;
            /** @default null */
            readonly message: string | null;
            readonly origin: components["schemas"]["Origin"];
            /** @default null */
            readonly valid_until: number | null;
            readonly value: string;
        };
        /** FactsLearned */
        readonly FactsLearned: {
            readonly contact: string;
            readonly facts: readonly components["schemas"]["Fact"][];
            /** @enum {unknown} */
            readonly kind: "facts_learned";
        };
        /** FieldLine */
        readonly FieldLine: {
            /** @default text */
            readonly kind: string;
            readonly label: string;
            readonly value: string;
        };
        /**
         * Figures
         * @description The last five are those of agents: None where a report is not of agents or of everybody.
         */
        readonly Figures: {
            readonly abandoned_count: number;
            readonly abandoned_later_count: number;
            readonly abandoned_share: number | null;
            readonly agent_s_per_contact: number | null;
            readonly aht_s: number | null;
            readonly answered_count: number;
            readonly asa_s: number | null;
            readonly asked_twice_count: number;
            readonly away_s: number | null;
            readonly bot_only_count: number;
            readonly entered_count: number;
            readonly handled_count: number;
            readonly handling_s: number | null;
            readonly kept_count: number;
            readonly kept_share: number | null;
            readonly left_bot_count: number;
            readonly longest_wait_s: number;
            readonly occupancy: number | null;
            readonly promised_count: number;
            readonly ready_s: number | null;
            readonly service_level: number | null;
            readonly short_abandoned_count: number;
            readonly solved_by_bot_count: number;
            readonly solved_waiting_count: number;
            readonly test_count: number;
            readonly unreached_count: number;
            readonly waiting_count: number;
            readonly within_count: number;
        };
        /**
         * Finding
         * @description `code`: an error's if it is refused. `where`: "queues/returns.spec.overflow[1]".
         */
        readonly Finding: {
            readonly code: string;
            /** @default false */
            readonly refused: boolean;
            readonly text: string;
            /** @default {} */
            readonly values: Record<string, never>;
            readonly where: string;
        };
        /**
         * Finish
         * @description The talk is over; wrap-up begins.
         */
        readonly Finish: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "finish";
            readonly id: string;
        };
        /**
         * FloorCounts
         * @description Of all open contacts.
         */
        readonly FloorCounts: {
            /** @default 0 */
            readonly calls_count: number;
            /** @default null */
            readonly next_call_at: number | null;
            readonly open_count: number;
            readonly overdue_count: number;
            readonly served_count: number;
            readonly waiting_count: number;
            readonly with_bot_count: number;
        };
        /**
         * FloorFigures
         * @description Of those who queued within a stretch of time (docs/guide/reports.md). Shares 0..1; None: nothing to divide.
         */
        readonly FloorFigures: {
            /** @default 0 */
            readonly abandoned_count: number;
            /** @default null */
            readonly abandoned_share: number | null;
            /** @default 0 */
            readonly answered_count: number;
            /** @default null */
            readonly asa_s: number | null;
            /** @default 0 */
            readonly asked_twice_count: number;
            /** @default 0 */
            readonly entered_count: number;
            /** @default null */
            readonly service_level: number | null;
            /** @default 0 */
            readonly solved_by_bot_count: number;
        };
        /**
         * FloorQuarter
         * @description A quarter of an hour that begins at `at`.
         */
        readonly FloorQuarter: {
            readonly at: number;
            readonly entered_count: number;
            readonly service_level: number | null;
        };
        /**
         * FloorTalks
         * @description One page of the open talks, as asked for; `count`: of all pages.
         */
        readonly FloorTalks: {
            readonly asked: components["schemas"]["TalksAsked"];
            readonly count: number;
            /** @enum {unknown} */
            readonly is: "floor_talks";
            readonly talks: readonly components["schemas"]["Talk"][];
        };
        /**
         * Found
         * @description What the path was like.
         */
        readonly Found: {
            readonly answers_count: number;
            readonly asked_twice: readonly string[];
            readonly dead_ends: readonly string[];
            readonly first_answer_s: number | null;
            readonly longest_wait_s: number;
            readonly person_after_s: number | null;
            readonly questions: readonly string[];
            readonly seconds: number;
        };
        readonly FromDesk: components["schemas"]["DeskHello"] | components["schemas"]["BePresent"] | components["schemas"]["Accept"] | components["schemas"]["Decline"] | components["schemas"]["DeskSay"] | components["schemas"]["WriteNote"] | components["schemas"]["HeedMention"] | components["schemas"]["LearnFact"] | components["schemas"]["Transfer"] | components["schemas"]["Finish"] | components["schemas"]["WrapUp"] | components["schemas"]["Park"] | components["schemas"]["Snooze"] | components["schemas"]["Begin"] | components["schemas"]["Hold"] | components["schemas"]["Called"] | components["schemas"]["AskColleague"] | components["schemas"]["AcceptRequest"] | components["schemas"]["DeclineRequest"] | components["schemas"]["WithdrawRequest"] | components["schemas"]["Join"] | components["schemas"]["Part"] | components["schemas"]["Merge"] | components["schemas"]["Unmerge"] | components["schemas"]["TakeOver"] | components["schemas"]["Release"] | components["schemas"]["Whisper"] | components["schemas"]["SetAgent"] | components["schemas"]["MoveCall"] | components["schemas"]["CallOff"] | components["schemas"]["SeeAlert"] | components["schemas"]["LookAtFloor"] | components["schemas"]["DeskSeen"] | components["schemas"]["DeskTyping"] | components["schemas"]["DeskLook"] | components["schemas"]["DeskPing"];
        readonly FromWidget: components["schemas"]["WidgetHello"] | components["schemas"]["WidgetSay"] | components["schemas"]["AskForPerson"] | components["schemas"]["GoOnWithBot"] | components["schemas"]["Leave"] | components["schemas"]["WidgetSeen"] | components["schemas"]["Rate"] | components["schemas"]["WidgetTyping"] | components["schemas"]["WidgetPing"];
        /**
         * GoOnWithBot
         * @description The waiting customer chooses the assistant meanwhile; the place is kept.
         */
        readonly GoOnWithBot: {
            /** @enum {unknown} */
            readonly do: "bot";
            readonly id: string;
        };
        /**
         * HeedMention
         * @description I have seen the note that mentions me.
         */
        readonly HeedMention: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "heed";
            readonly id: string;
            readonly note: string;
        };
        /** Hold */
        readonly Hold: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "hold";
            readonly held: boolean;
            readonly id: string;
        };
        /** Holiday */
        readonly Holiday: {
            readonly date: string;
            readonly name: string;
        };
        /**
         * HolidaysShown
         * @description For whoever chooses: all countries, the chosen one's parts with their names, and its next holidays.
         */
        readonly HolidaysShown: {
            readonly ahead: readonly components["schemas"]["Holiday"][];
            readonly countries: readonly string[];
            readonly parts: {
                readonly [key: string]: string;
            };
        };
        /**
         * Hours
         * @description When people answer. `closed` shuts at once, whatever the week says; `closed_text` tells customers why.
         *
         *         On public holidays of `holidays` it is closed, unless an exception says otherwise.
         */
        readonly Hours: {
            /** @default false */
            readonly closed: boolean;
            /** @default  */
            readonly closed_text: string;
            /** @default [] */
            readonly exceptions: readonly components["schemas"]["DayException"][];
            /** @default null */
            readonly holidays: components["schemas"]["PublicHolidays"] | null;
            /** @default {} */
            readonly week: {
                readonly [key: string]: readonly components["schemas"]["Span"][];
            };
            /** @default UTC */
            readonly zone: string;
        };
        /**
         * HoursNow
         * @description Volatile, and in the welcome: do people answer now? `opens_at`: the next opening, if one is known.
         */
        readonly HoursNow: {
            /** @enum {unknown} */
            readonly is: "hours";
            /** @default true */
            readonly is_open: boolean;
            /** @default null */
            readonly opens_at: number | null;
            /** @default  */
            readonly text: string;
        };
        /**
         * ImageAge
         * @description Where the customer's data comes from and how old it is; and how often it is to be read anew, if on its own.
         */
        readonly ImageAge: {
            readonly loaded_at: number;
            /** @default null */
            readonly refresh_every_min: number | null;
            readonly source: string;
            readonly version: number;
        };
        /**
         * InTheWay
         * @description Why nobody has a contact yet. `reason` is a key of `floor.why.REASONS`. What does not apply is None or empty.
         */
        readonly InTheWay: {
            /** @default null */
            readonly agent: string | null;
            /** @default null */
            readonly ahead_count: number | null;
            /** @default null */
            readonly call_at: number | null;
            /** @default null */
            readonly due_at: number | null;
            /** @default [] */
            readonly obstacles: readonly components["schemas"]["Obstacle"][];
            readonly reason: string;
            /** @default [] */
            readonly relaxes_at: readonly number[];
            /** @default null */
            readonly waiting_since: number | null;
        };
        /**
         * Invitation
         * @description When a visitor may be asked, once, whether they want to talk. All that is set must hold.
         *
         *         `pages`: paths, `*` for anything ("/checkout*"). `after_s`: seconds on the page. `scroll`: share of the page
         *         that was seen (0..1). `on_exit`: the pointer leaves for the tabs. `share` (0..1) of those for whom it holds
         *         are asked; the others are not, so that asking is measured against not asking.
         */
        readonly Invitation: {
            /** @default 20 */
            readonly after_s: number;
            readonly id: string;
            /** @default false */
            readonly on_exit: boolean;
            /** @default * */
            readonly pages: string;
            /** @default 0 */
            readonly scroll: number;
            /** @default 0.5 */
            readonly share: number;
            readonly text: string;
        };
        /**
         * InvitationResult
         * @description `lift`: how much larger the share of talks is where visitors were asked, with its 95 % interval (-1..1).
         *         None while an arm is empty.
         */
        readonly InvitationResult: {
            readonly held: components["schemas"]["ArmCounts"];
            readonly invitation: string;
            /** @default null */
            readonly lift: number | null;
            /** @default null */
            readonly lift_from: number | null;
            /** @default null */
            readonly lift_to: number | null;
            readonly shown: components["schemas"]["ArmCounts"];
            readonly verdict: components["schemas"]["Verdict"];
        };
        /**
         * Invite
         * @description When a visitor may be asked whether they want to talk (see `setup.look.Invitation`).
         */
        readonly Invite: {
            /** @default 20 */
            readonly after_s: number;
            readonly id: string;
            /** @default false */
            readonly on_exit: boolean;
            /** @default * */
            readonly pages: string;
            /** @default 0 */
            readonly scroll: number;
            /** @default 0.5 */
            readonly share: number;
            readonly text: string;
        };
        /**
         * Join
         * @description Supervisors listen or take part.
         */
        readonly Join: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "join";
            readonly id: string;
            readonly role: components["schemas"]["Role"];
        };
        /** LearnFact */
        readonly LearnFact: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "fact";
            readonly id: string;
            readonly key: string;
            readonly value: string;
        };
        /** Leave */
        readonly Leave: {
            /** @enum {unknown} */
            readonly do: "leave";
            readonly id: string;
            /** @default false */
            readonly solved?: boolean;
        };
        /**
         * LetterAsked
         * @description It is on its way there (masked).
         */
        readonly LetterAsked: {
            readonly to: string;
        };
        /**
         * LetterOffer
         * @description Where the talk can be mailed to without typing: the customer's address on file, masked; None: nowhere.
         */
        readonly LetterOffer: {
            readonly on_file: string | null;
        };
        /**
         * LoginAlgorithm
         * @description How a page signs who is there (RFC 7518, RFC 8037).
         * @enum {unknown}
         */
        readonly LoginAlgorithm: "ES256" | "EdDSA" | "HS256";
        /**
         * LoginKey
         * @description A key that the widget's `login` token may be signed with. `id` is the token's `kid`.
         */
        readonly LoginKey: {
            readonly algorithm: components["schemas"]["LoginAlgorithm"];
            readonly id: string;
            readonly key: string;
        };
        /**
         * LongerBecause
         * @description Why it takes longer than was told before (see `waiting.model.Cause`).
         * @enum {unknown}
         */
        readonly LongerBecause: "" | "fewer_agents" | "late" | "moved" | "overtaken";
        /**
         * LookAtFloor
         * @description `talks` None: without the list (a wall). Say it again to ask for another list; `on` false: look away.
         */
        readonly LookAtFloor: {
            /** @enum {unknown} */
            readonly do: "look_at_floor";
            /** @default true */
            readonly on?: boolean;
            /** @default null */
            readonly talks?: components["schemas"]["TalksAsked"] | null;
        };
        /**
         * LookPage
         * @description What the launcher fetches before it draws its button. The same for everybody; nobody is asked who they are.
         */
        readonly LookPage: {
            /** @default [] */
            readonly invitations: readonly components["schemas"]["Invite"][];
            readonly look: components["schemas"]["WidgetLook"];
        };
        /**
         * MailStatus
         * @description The mail server of the installation (`host` None: none), and this site's letters of the last days.
         */
        readonly MailStatus: {
            /** @default 0 */
            readonly failed_count: number;
            /** @default  */
            readonly failed_reason: string;
            /** @default null */
            readonly host: string | null;
            /** @default 0 */
            readonly port: number;
            /** @default  */
            readonly sender: string;
            /** @default 0 */
            readonly sent_count: number;
            /** @default  */
            readonly tls: string;
            /** @default 0 */
            readonly waiting_count: number;
        };
        /**
         * MailTested
         * @description The mail server has taken it. To the address with which one signs in.
         */
        readonly MailTested: {
            readonly to: string;
        };
        /** Me */
        readonly Me: {
            readonly agent: string | null;
            readonly email: string;
            readonly name: string;
            readonly person: string;
            readonly role: components["schemas"]["PersonRole"];
            readonly site: string;
            readonly site_title: string;
        };
        /**
         * Measure
         * @description A number that contacts stand behind.
         * @enum {unknown}
         */
        readonly Measure: "abandoned" | "abandoned_later" | "aht" | "answered" | "asa" | "asked_twice" | "bot_only" | "entered" | "handled" | "kept" | "late" | "left_bot" | "longest_wait" | "promised" | "service_level" | "short_abandoned" | "solved_by_bot" | "solved_waiting" | "test" | "unreached" | "waiting" | "within";
        /**
         * Mention
         * @description A note that mentions me, until I have heeded it.
         */
        readonly Mention: {
            readonly contact: string;
            readonly note: components["schemas"]["Note"];
        };
        /** MentionHeeded */
        readonly MentionHeeded: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly kind: "mention_heeded";
            readonly note: string;
        };
        /**
         * Merge
         * @description `contact` goes on inside `into`. `confirmed`: it is the same person, where a customer is not known.
         */
        readonly Merge: {
            /** @default false */
            readonly confirmed?: boolean;
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "merge";
            readonly id: string;
            readonly into: string;
        };
        /**
         * Merged
         * @description A contact that goes on inside another one, since `merged_at`.
         */
        readonly Merged: {
            readonly channel: string;
            readonly contact: string;
            readonly merged_at: number;
            readonly opened_at: number;
        };
        /**
         * Message
         * @description One message of a talk. `seq` is its number in the journal: messages of a contact are ordered by it.
         *
         *         `text` is kept as it was said. A system message has a `code` (and `values`) instead: the reader's screen
         *         makes the sentence in the reader's language.
         */
        readonly Message: {
            /** @default null */
            readonly agent: string | null;
            readonly at: number;
            /** @default [] */
            readonly attachments: readonly components["schemas"]["AttachmentRef"][];
            readonly author: components["schemas"]["AuthorKind"];
            /** @default  */
            readonly author_name: string;
            /** @default [] */
            readonly choices: readonly components["schemas"]["Choice"][];
            /** @default  */
            readonly code: string;
            readonly delivery: components["schemas"]["Delivery"];
            readonly id: string;
            readonly seq: number;
            /** @default [] */
            readonly sources: readonly string[];
            /** @default  */
            readonly text: string;
            /** @default {} */
            readonly values: {
                readonly [key: string]: number | string;
            };
            /** @default null */
            readonly via: string | null;
        };
        /**
         * MessagesPage
         * @description Older messages, oldest first.
         */
        readonly MessagesPage: {
            readonly messages: readonly components["schemas"]["Message"][];
            readonly more_before: boolean;
        };
        /**
         * Moment
         * @description `at_ms`: since the walk began. `waited_ms`: since the customer's last own act.
         */
        readonly Moment: {
            readonly at_ms: number;
            /** @default null */
            readonly dead_end: components["schemas"]["DeadEnd"] | null;
            /** @default  */
            readonly name: string;
            readonly text: string;
            /** @default 0 */
            readonly waited_ms: number;
            readonly what: components["schemas"]["What"];
            /** @default customer */
            readonly who: string;
        };
        /**
         * MoveCall
         * @description A supervisor books a customer's call back for `at`. `seen_at`: when it was to be, where they saw it (None: in
         *         turn); refused if it is otherwise by now.
         */
        readonly MoveCall: {
            readonly at: number;
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "move_call";
            readonly id: string;
            readonly seen_at: number | null;
        };
        /** MyPresence */
        readonly MyPresence: {
            readonly presence: components["schemas"]["Presence"];
            readonly reason: string | null;
            readonly since: number;
        };
        /** Named */
        readonly Named: {
            readonly id: string;
            readonly title: string;
        };
        /** NeedStatus */
        readonly NeedStatus: {
            readonly key: string;
            readonly queue: string;
            readonly title: string;
        };
        /**
         * Note
         * @description What colleagues write to each other; the customer never sees it.
         */
        readonly Note: {
            /** @default null */
            readonly agent: string | null;
            readonly at: number;
            /** @default  */
            readonly author_name: string;
            readonly id: string;
            /** @default [] */
            readonly mentions: readonly string[];
            readonly seq: number;
            readonly text: string;
            /** @default false */
            readonly whisper: boolean;
        };
        /**
         * NoteAdded
         * @description Told to those who have the talk before them, and to those whom the note mentions.
         */
        readonly NoteAdded: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly kind: "note_added";
            readonly note: components["schemas"]["Note"];
        };
        /**
         * Obstacle
         * @description What keeps so many agents, who could serve it, from a contact. `code` is a key of `floor.why.OBSTACLES`.
         */
        readonly Obstacle: {
            readonly agents_count: number;
            readonly code: string;
        };
        /**
         * Offer
         * @description A contact held out to me. `why`: the rule and its values, for the sentence under it.
         */
        readonly Offer: {
            /** @default false */
            readonly auto_accept: boolean;
            readonly expires_at: number;
            readonly made_at: number;
            readonly offer: string;
            /** @default  */
            readonly rule: string;
            readonly talk: components["schemas"]["Talk"];
            /** @default {} */
            readonly values: {
                readonly [key: string]: number | string;
            };
        };
        /**
         * OfferEnd
         * @enum {unknown}
         */
        readonly OfferEnd: "accepted" | "declined" | "failed" | "missed" | "rescinded";
        /**
         * OfferGone
         * @description `talk`: its line as it is now, where I take part in it. `taken`: it rang at several desks, and a colleague was
         *         faster.
         */
        readonly OfferGone: {
            readonly end: components["schemas"]["OfferEnd"];
            /** @enum {unknown} */
            readonly kind: "offer_gone";
            readonly offer: string;
            /** @default false */
            readonly taken: boolean;
            /** @default null */
            readonly talk: components["schemas"]["Talk"] | null;
        };
        /** OfferShown */
        readonly OfferShown: {
            /** @enum {unknown} */
            readonly kind: "offer_shown";
            readonly offer: components["schemas"]["Offer"];
        };
        /**
         * OnDuty
         * @description A colleague who is here: ready for work, or away for a while.
         */
        readonly OnDuty: {
            readonly agent: string;
            readonly presence: components["schemas"]["Presence"];
        };
        /**
         * OnDutyNow
         * @description Who came or changed, and who is not here any more. `whole`: forget who was here before.
         */
        readonly OnDutyNow: {
            /** @default [] */
            readonly came: readonly components["schemas"]["OnDuty"][];
            /** @enum {unknown} */
            readonly is: "on_duty";
            /** @default [] */
            readonly went: readonly string[];
            /** @default false */
            readonly whole: boolean;
        };
        /** OneTimePassword */
        readonly OneTimePassword: {
            readonly email: string;
            readonly name: string;
            readonly password: string;
        };
        /**
         * Origin
         * @enum {unknown}
         */
        readonly Origin: "agent" | "bot" | "customer" | "login" | "record";
        /**
         * OverflowRule
         * @description The first rule of a queue that holds decides.
         */
        readonly OverflowRule: {
            /** @default 0 */
            readonly limit: number;
            /** @default null */
            readonly queue: string | null;
            readonly to: components["schemas"]["OverflowTo"];
            readonly when: components["schemas"]["OverflowWhen"];
        };
        /**
         * OverflowTo
         * @enum {unknown}
         */
        readonly OverflowTo: "bot" | "callback" | "queue";
        /**
         * OverflowWhen
         * @enum {unknown}
         */
        readonly OverflowWhen: "closed" | "estimate" | "length" | "wait";
        /** Park */
        readonly Park: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "park";
            readonly id: string;
        };
        /** Part */
        readonly Part: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "part";
            readonly id: string;
        };
        /** Participant */
        readonly Participant: {
            readonly agent: string;
            readonly name: string;
            readonly role: components["schemas"]["Role"];
        };
        /**
         * PeopleFileRead
         * @description `lines`: what would change, or has changed. `passwords` are shown this once.
         */
        readonly PeopleFileRead: {
            /** @default false */
            readonly done: boolean;
            readonly lines: readonly string[];
            /** @default [] */
            readonly passwords: readonly components["schemas"]["OneTimePassword"][];
            readonly problems: readonly components["schemas"]["RowProblem"][];
            readonly problems_count: number;
            readonly rows_count: number;
            readonly version: number;
        };
        /**
         * Person
         * @description Somebody who may sign in, as one site knows them. `agent`: the agent they serve contacts as, if any.
         */
        readonly Person: {
            /** @default null */
            readonly agent: string | null;
            readonly email: string;
            readonly id: string;
            readonly name: string;
            readonly role: components["schemas"]["PersonRole"];
        };
        /**
         * PersonMade
         * @description `password` is shown this once; None for somebody who signs in at another site already.
         */
        readonly PersonMade: {
            readonly password: string | null;
            readonly person: components["schemas"]["Person"];
        };
        /**
         * PersonRole
         * @description What a person may do at a site. Each may what the one before may.
         * @enum {unknown}
         */
        readonly PersonRole: "administrator" | "agent" | "supervisor";
        /**
         * Piece
         * @description A part of a snippet: plain text, found or not.
         */
        readonly Piece: {
            /** @default false */
            readonly found: boolean;
            readonly text: string;
        };
        /**
         * PlaceNow
         * @description Volatile: the place in line moved, or what can be said of the wait.
         */
        readonly PlaceNow: {
            /** @default false */
            readonly calls_back: boolean;
            /** @enum {unknown} */
            readonly is: "place";
            /** @default null */
            readonly opens_at: number | null;
            readonly place: number | null;
            /** @default null */
            readonly wait: components["schemas"]["Wait"] | null;
        };
        /** PlaybookStatus */
        readonly PlaybookStatus: {
            readonly name: string;
            readonly needs: readonly components["schemas"]["NeedStatus"][];
            readonly version: number;
        };
        /**
         * Presence
         * @enum {unknown}
         */
        readonly Presence: "away" | "offline" | "ready";
        /**
         * PresenceReason
         * @description Why an agent is away. `limit_s`: for longer, and the floor shows it to supervisors (None: never).
         */
        readonly PresenceReason: {
            readonly id: string;
            /** @default null */
            readonly limit_s: number | null;
            readonly title: string;
        };
        /** PresenceSet */
        readonly PresenceSet: {
            /** @enum {unknown} */
            readonly kind: "presence_set";
            readonly presence: components["schemas"]["MyPresence"];
        };
        /**
         * PublicHolidays
         * @description Whose: a country (ISO 3166-1, "AT"), and perhaps a part of it that has some of its own ("9").
         */
        readonly PublicHolidays: {
            readonly country: string;
            /** @default  */
            readonly part: string;
        };
        /** Queue */
        readonly Queue: {
            /** @default null */
            readonly hours: components["schemas"]["Hours"] | null;
            readonly id: string;
            /** @default  */
            readonly purpose: string;
            readonly spec: components["schemas"]["QueueSpec"];
            /** @default null */
            readonly team: string | null;
            readonly title: string;
        };
        /**
         * QueueLine
         * @description One queue, now. Ready and on: agents whose skills fit.
         */
        readonly QueueLine: {
            readonly agents_on_count: number;
            readonly agents_ready_count: number;
            readonly expected: components["schemas"]["WaitRange"] | null;
            readonly oldest_since: number | null;
            readonly overdue_count: number;
            readonly queue: string;
            /** @default null */
            readonly shut: components["schemas"]["QueueShut"] | null;
            readonly target_s: number;
            readonly title: string;
            readonly waiting_count: number;
        };
        /**
         * QueueShut
         * @description Why a queue is closed. By its hours: without `by`. By a supervisor: `until` they said, and `reason`.
         */
        readonly QueueShut: {
            /** @default  */
            readonly by: string;
            /** @default  */
            readonly reason: string;
            readonly until: number | null;
        };
        /**
         * QueueSpec
         * @description What the floor has to know of a queue. Names and purposes are words: they live in `setup`.
         */
        readonly QueueSpec: {
            /** @default 0 */
            readonly callback_attempts_max: number;
            /** @default 900 */
            readonly callback_retry_s: number;
            /** @default 0 */
            readonly callback_slots_max: number;
            /** @default least_sufficient */
            readonly choice: string;
            /** @default 60 */
            readonly decline_cooldown_s: number;
            /** @default 10 */
            readonly fail_cooldown_s: number;
            /** @default 60 */
            readonly miss_cooldown_s: number;
            /** @default 3 */
            readonly misses_to_away: number;
            /** @default 20 */
            readonly offer_timeout_s: number;
            /** @default [] */
            readonly overflow: readonly components["schemas"]["OverflowRule"][];
            /** @default 120 */
            readonly owner_patience_s: number;
            /** @default 900 */
            readonly park_after_s: number;
            /** @default 259200 */
            readonly parked_close_s: number;
            /** @default 0 */
            readonly reclaim_after_s: number;
            /** @default [] */
            readonly relaxations: readonly components["schemas"]["Relaxation"][];
            /** @default 300 */
            readonly reply_clock_s: number | null;
            /** @default 300 */
            readonly reply_grace_s: number;
            /** @default [] */
            readonly requirement: readonly components["schemas"]["SkillNeed"][];
            /** @default 1 */
            readonly ring: number;
            /** @default 60 */
            readonly service_level_s: number;
            /** @default 5 */
            readonly short_abandon_s: number;
            /** @default 0 */
            readonly sticky_s: number;
            /** @default 60 */
            readonly target_s: number;
            /** @default 10000 */
            readonly waiting_max: number;
            /** @default 60 */
            readonly wrap_up_s: number;
        };
        /**
         * QueueToday
         * @description `today` since `TodayNow.since`, `lately` of the last 30 minutes. `queue` "": the whole site.
         */
        readonly QueueToday: {
            readonly lately: components["schemas"]["FloorFigures"];
            readonly quarters: readonly components["schemas"]["FloorQuarter"][];
            readonly queue: string;
            readonly today: components["schemas"]["FloorFigures"];
        };
        /**
         * Rate
         * @description The answer to the one question after a talk, once. `score` 1..5; None: rather not.
         */
        readonly Rate: {
            /** @enum {unknown} */
            readonly do: "rate";
            readonly id: string;
            /** @default null */
            readonly score?: number | null;
            /** @default  */
            readonly text?: string;
        };
        /**
         * Receipt
         * @description The command `re` is done, durably, as number `seq` of the journal.
         */
        readonly Receipt: {
            readonly at: number;
            /** @enum {unknown} */
            readonly is: "receipt";
            readonly re: string;
            readonly seq: number;
        };
        /**
         * RecordGroup
         * @description The customer's records of one kind: the newest ones, of `count`. `next` asks for those after them.
         */
        readonly RecordGroup: {
            readonly count: number;
            readonly kind: string;
            /** @default null */
            readonly next: string | null;
            readonly records: readonly components["schemas"]["RecordLine"][];
            readonly title: string;
        };
        /** RecordLine */
        readonly RecordLine: {
            /** @default  */
            readonly amount: string;
            /** @default  */
            readonly date: string;
            /** @default [] */
            readonly fields: readonly components["schemas"]["FieldLine"][];
            /** @default [] */
            readonly items: readonly components["schemas"]["FieldLine"][];
            readonly key: string;
            readonly kind: string;
            readonly status: string;
            readonly title: string;
        };
        /**
         * Refused
         * @description The command `re` was refused and changed nothing. `re` is empty where the frame could not be read.
         */
        readonly Refused: {
            readonly error: components["schemas"]["ErrorBody"];
            /** @enum {unknown} */
            readonly is: "refused";
            readonly re: string;
        };
        /**
         * RejectStatus
         * @description What could not be used, and why; not what it said, which may be somebody's.
         */
        readonly RejectStatus: {
            readonly number: number;
            readonly place: string;
            readonly reason: string;
            readonly row_number: number;
            readonly source: string;
        };
        /**
         * Relaxation
         * @description One step in which a requirement relaxes, once the customer has waited for `after_s`. Steps add up.
         */
        readonly Relaxation: {
            readonly after_s: number;
            /** @default [] */
            readonly backup: readonly components["schemas"]["SkillNeed"][];
            /** @default [] */
            readonly levels: readonly components["schemas"]["SkillNeed"][];
        };
        /**
         * Release
         * @description A supervisor moves it to `queue`, or closes it.
         */
        readonly Release: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "release";
            readonly id: string;
            /** @default null */
            readonly queue?: string | null;
            /** @default null */
            readonly seen?: components["schemas"]["Where"] | null;
        };
        /**
         * Replies
         * @description `agent_name`: how customers see me called, for the field {agent}.
         */
        readonly Replies: {
            readonly agent_name: string;
            readonly replies: readonly components["schemas"]["Reply"][];
        };
        /**
         * Reply
         * @description A canned reply. `text` may have fields, such as {customer}, {agent} or {order}, which the desk fills from
         *         what is known. `queues`: where it is offered (empty: everywhere); `needs`: the needs that it suits.
         */
        readonly Reply: {
            readonly id: string;
            /** @default [] */
            readonly needs: readonly string[];
            /** @default [] */
            readonly queues: readonly string[];
            readonly text: string;
            readonly title: string;
        };
        /**
         * Report
         * @description `intervals` are the beginnings; the last one ends with the period. Cells in which nothing was are left out.
         */
        readonly Report: {
            readonly by: components["schemas"]["By"];
            readonly cells: readonly components["schemas"]["ReportCell"][];
            readonly every: components["schemas"]["Every"];
            readonly from_at: number;
            readonly groups: readonly components["schemas"]["ReportGroup"][];
            readonly intervals: readonly number[];
            readonly made_at: number;
            readonly sums: readonly components["schemas"]["Figures"][];
            readonly to_at: number;
            readonly total: components["schemas"]["Figures"];
            readonly zone: string;
        };
        /**
         * ReportCell
         * @description Of one group within one interval, by their places in the report's lists.
         */
        readonly ReportCell: {
            readonly figures: components["schemas"]["Figures"];
            readonly group: number;
            readonly interval: number;
        };
        /**
         * ReportContact
         * @description One entry of a contact into a queue, or a contact that never queued (`entered_at` is None).
         */
        readonly ReportContact: {
            readonly agent: string;
            readonly agent_name: string;
            readonly answered_at: number | null;
            readonly arrived_at: number;
            readonly channel: string;
            readonly contact: string;
            readonly customer_name: string;
            readonly disposition: string;
            readonly ended_at: number | null;
            readonly ending: string;
            readonly entered_at: number | null;
            readonly handle_s: number | null;
            readonly is_short: boolean;
            readonly is_within: boolean;
            readonly need: string;
            readonly number: number;
            readonly queue: string;
            readonly queue_title: string;
            readonly wait_s: number | null;
        };
        /**
         * ReportContacts
         * @description `next` is the `after` of the following page; None: this is the last.
         */
        readonly ReportContacts: {
            readonly contacts: readonly components["schemas"]["ReportContact"][];
            readonly next: string | null;
        };
        /**
         * ReportGroup
         * @description An agent, queue, channel or need with its figures of the whole period. `id` is empty for what has none: contacts
         *         that never queued, that nobody answered, or whose need nobody knew.
         */
        readonly ReportGroup: {
            readonly figures: components["schemas"]["Figures"];
            readonly id: string;
            readonly title: string;
        };
        /**
         * RequestEnd
         * @description What became of a request to a colleague who did not join.
         * @enum {unknown}
         */
        readonly RequestEnd: "declined" | "gone" | "lapsed" | "withdrawn";
        /**
         * RequestGone
         * @description I am asked no longer. Where I joined, `talk_changed` comes in its place.
         */
        readonly RequestGone: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly kind: "request_gone";
        };
        /** RequestShown */
        readonly RequestShown: {
            /** @enum {unknown} */
            readonly kind: "request_shown";
            readonly request: components["schemas"]["ColleagueRequest"];
        };
        /**
         * Role
         * @description What somebody else than the owner does in a contact.
         * @enum {unknown}
         */
        readonly Role: "consulted" | "invited" | "listening";
        /**
         * RoutingPage
         * @description Oldest decision first. `in_the_way` None: it does not wait for an agent.
         */
        readonly RoutingPage: {
            readonly at: number;
            readonly in_the_way: components["schemas"]["InTheWay"] | null;
            readonly why: readonly components["schemas"]["WhyLine"][];
        };
        /**
         * RowProblem
         * @description `line` counts from 1, as editors do. `column`: its name in the first line; empty: the line as a whole.
         */
        readonly RowProblem: {
            readonly column: string;
            readonly line: number;
            readonly text: string;
        };
        /**
         * SearchPage
         * @description `next` asks for the talks after these; customers come with the first page only.
         *
         *         `cut`: the time ran out before everything was looked through.
         */
        readonly SearchPage: {
            readonly customers: readonly components["schemas"]["CustomerHit"][];
            readonly cut: boolean;
            readonly next: string | null;
            readonly talks: readonly components["schemas"]["TalkHit"][];
        };
        /**
         * SeeAlert
         * @description A supervisor takes care of it.
         */
        readonly SeeAlert: {
            readonly alert: string;
            /** @enum {unknown} */
            readonly do: "see_alert";
            readonly id: string;
        };
        /**
         * SetAgent
         * @description A supervisor sets an agent away, or signs them out: then their talks go back to the queues.
         */
        readonly SetAgent: {
            readonly agent: string;
            /** @enum {unknown} */
            readonly do: "set_agent";
            readonly id: string;
            readonly presence: components["schemas"]["Presence"];
        };
        /**
         * SetUpNow
         * @description What a desk shows of the set-up, as in `DeskState`. Canned replies are fetched anew for a new `version`.
         */
        readonly SetUpNow: {
            readonly agents: readonly components["schemas"]["Named"][];
            readonly dispositions: readonly components["schemas"]["DispositionLine"][];
            /** @enum {unknown} */
            readonly is: "set_up";
            readonly presence_reasons: readonly components["schemas"]["Named"][];
            readonly queues: readonly components["schemas"]["Named"][];
            readonly site_title: string;
            readonly version: number;
        };
        /**
         * Look
         * @description How the widget looks and speaks. Empty `title`: the site's; empty `greeting`: the reader's language's own.
         *
         *         `offset_x`, `offset_y`: the button's distance from the page's edges, in pixels.
         */
        readonly SetupLook: {
            /** @default #0b6e64 */
            readonly accent: string;
            /** @default Assistant */
            readonly bot_name: string;
            /** @default  */
            readonly greeting: string;
            /** @default en */
            readonly language: string;
            /** @default 20 */
            readonly offset_x: number;
            /** @default 20 */
            readonly offset_y: number;
            readonly side: components["schemas"]["Side"];
            /** @default true */
            readonly survey: boolean;
            readonly theme: components["schemas"]["Theme"];
            /** @default  */
            readonly title: string;
        };
        /** SetupStatus */
        readonly SetupStatus: {
            readonly image: readonly components["schemas"]["VersionStatus"][];
            readonly mail: components["schemas"]["MailStatus"];
            readonly playbook: components["schemas"]["PlaybookStatus"] | null;
            readonly rejects: readonly components["schemas"]["RejectStatus"][];
            readonly web_contact_at: number | null;
        };
        /**
         * Side
         * @description Where on the page. `END` is where lines end: right, and left on a page that is read from right to left.
         * @enum {unknown}
         */
        readonly Side: "end" | "left" | "right";
        /** SignIn */
        readonly SignIn: {
            readonly email: string;
            readonly password: string;
        };
        /**
         * SignedIn
         * @description `guard`: send it as the header `x-dryfly-guard` with every request that changes something.
         *
         *         `must_change`: nothing else is allowed until the password is changed.
         */
        readonly SignedIn: {
            readonly guard: string;
            readonly me: components["schemas"]["Me"];
            /** @default false */
            readonly must_change: boolean;
        };
        /**
         * Site
         * @description A brand, country or outsourcer with its own desks, rules and record.
         *
         *         `origins`: pages that may open the widget. `settings`: switches of other rooms, by the name they document.
         */
        readonly Site: {
            /** @default null */
            readonly hours: components["schemas"]["Hours"] | null;
            readonly id: string;
            /** @default [] */
            readonly invitations: readonly components["schemas"]["Invitation"][];
            /**
             * @default [
             *       "en"
             *     ]
             */
            readonly languages: readonly string[];
            /** @default [] */
            readonly login_keys: readonly components["schemas"]["LoginKey"][];
            readonly look: components["schemas"]["SetupLook"];
            /** @default [] */
            readonly origins: readonly string[];
            /** @default {} */
            readonly settings: {
                readonly [key: string]: string | number | boolean | readonly string[] | null;
            };
            readonly spec: components["schemas"]["SiteSpec"];
            readonly title: string;
        };
        /**
         * SitePlace
         * @description A site where somebody may work, and as what.
         */
        readonly SitePlace: {
            readonly role: components["schemas"]["PersonRole"];
            readonly site: string;
            readonly title: string;
        };
        /**
         * SiteSpec
         * @description What the floor has to know of the whole site.
         */
        readonly SiteSpec: {
            /** @default 30 */
            readonly agent_grace_s: number;
            /** @default 1800 */
            readonly bot_quiet_s: number;
            /** @default 200000 */
            readonly contacts_max: number;
            /**
             * @default [
             *       "mail"
             *     ]
             */
            readonly deferrable: readonly string[];
            /** @default 1 */
            readonly overdue_agent_share: number;
            /** @default 180 */
            readonly request_timeout_s: number;
        };
        /** Skill */
        readonly Skill: {
            readonly id: string;
            /** @default  */
            readonly purpose: string;
            readonly title: string;
        };
        /**
         * SkillNeed
         * @description One line of a requirement: a skill at `level_min` (1..10) or better.
         */
        readonly SkillNeed: {
            /** @default false */
            readonly firm: boolean;
            /** @default 1 */
            readonly level_min: number;
            readonly skill: string;
        };
        /**
         * Snooze
         * @description Parked until then (ms); it comes back by itself.
         */
        readonly Snooze: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "snooze";
            readonly id: string;
            readonly until: number;
        };
        /**
         * Span
         * @description By the wall's clock: "08:00" to "17:30"; "24:00" is midnight at the end of the day.
         */
        readonly Span: {
            readonly closes: string;
            readonly opens: string;
        };
        /**
         * Stage
         * @description Where the customer stands, in the customer's words.
         * @enum {unknown}
         */
        readonly Stage: "agent" | "bot" | "callback" | "closed" | "none" | "waiting" | "waiting_with_bot";
        /** StageChanged */
        readonly StageChanged: {
            /** @default  */
            readonly agent_name: string;
            readonly call: components["schemas"]["Call"];
            readonly contact: string;
            /** @enum {unknown} */
            readonly kind: "stage_changed";
            /** @default null */
            readonly place: number | null;
            readonly stage: components["schemas"]["Stage"];
            /** @default null */
            readonly told: components["schemas"]["Message"] | null;
        };
        /**
         * StoryMoved
         * @description Another contact of this customer began, moved or ended: their story is to be read again.
         */
        readonly StoryMoved: {
            readonly customer: string;
            /** @enum {unknown} */
            readonly kind: "story_moved";
        };
        /**
         * StoryPage
         * @description The customer's contacts on every channel, newest first.
         */
        readonly StoryPage: {
            readonly more: boolean;
            readonly talks: readonly components["schemas"]["StoryTalk"][];
        };
        /**
         * StoryTalk
         * @description A contact as the story tells it. `score`: what its customer gave it (see `surveys`).
         */
        readonly StoryTalk: {
            /** @default [] */
            readonly agents: readonly string[];
            readonly channel: string;
            /** @default null */
            readonly closed_at: number | null;
            readonly contact: string;
            /** @default null */
            readonly disposition: string | null;
            /** @default  */
            readonly ending: string;
            /** @default null */
            readonly main: string | null;
            /** @default  */
            readonly need: string;
            /** @default  */
            readonly need_title: string;
            readonly opened_at: number;
            /** @default null */
            readonly queue: string | null;
            /** @default null */
            readonly score: number | null;
            /** @default false */
            readonly with_bot: boolean;
        };
        /**
         * Suggestion
         * @description `sources`: what the words stand on. Those of a reply still have their fields.
         */
        readonly Suggestion: {
            readonly origin: components["schemas"]["SuggestionOrigin"];
            /** @default [] */
            readonly sources: readonly string[];
            readonly text: string;
            readonly title: string;
        };
        /**
         * SuggestionOrigin
         * @enum {unknown}
         */
        readonly SuggestionOrigin: "playbook" | "reply";
        /**
         * Suggestions
         * @description For the customer's words `message`; None: they have not said anything yet.
         */
        readonly Suggestions: {
            readonly message: string | null;
            readonly suggestions: readonly components["schemas"]["Suggestion"][];
        };
        /**
         * SurveyAnswer
         * @description `score` 1 (bad) to 5 (very good); None: the customer would rather not say.
         */
        readonly SurveyAnswer: {
            readonly at: number;
            readonly ended_by: components["schemas"]["EndedBy"];
            readonly score: number | null;
            readonly text: string;
        };
        /**
         * SurveyTaken
         * @description The customer answered the one question after the talk.
         */
        readonly SurveyTaken: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly kind: "survey_taken";
            readonly survey: components["schemas"]["SurveyAnswer"];
        };
        /**
         * TakeOver
         * @description A supervisor serves it, or gives it to `agent`. `seen`: refused if it is somewhere else by now.
         */
        readonly TakeOver: {
            /** @default null */
            readonly agent?: string | null;
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "take_over";
            readonly id: string;
            /** @default null */
            readonly seen?: components["schemas"]["Where"] | null;
        };
        /**
         * Talk
         * @description One contact as a line of the list. Words are few here: the name, the need, the last message's start.
         */
        readonly Talk: {
            /** @default null */
            readonly answers_on: string | null;
            /** @default [] */
            readonly asked: readonly components["schemas"]["Asked"][];
            /** @default null */
            readonly call: components["schemas"]["CallPromised"] | null;
            readonly changed_at: number;
            readonly channel: string;
            readonly contact: string;
            /** @default null */
            readonly customer: string | null;
            /** @default  */
            readonly customer_name: string;
            /** @default null */
            readonly due_at: number | null;
            /** @default false */
            readonly held: boolean;
            /** @default 0 */
            readonly identity_level: number;
            /** @default null */
            readonly last_at: number | null;
            /** @default  */
            readonly last_text: string;
            /** @default null */
            readonly main: string | null;
            /** @default [] */
            readonly merged: readonly components["schemas"]["Merged"][];
            /** @default  */
            readonly need: string;
            /** @default  */
            readonly need_title: string;
            readonly opened_at: number;
            /** @default null */
            readonly owner: string | null;
            /** @default  */
            readonly owner_name: string;
            /** @default [] */
            readonly participants: readonly components["schemas"]["Participant"][];
            /** @default null */
            readonly queue: string | null;
            /** @default null */
            readonly reply_due_at: number | null;
            /** @default false */
            readonly reply_overdue: boolean;
            /** @default null */
            readonly snoozed_until: number | null;
            readonly state: components["schemas"]["ContactState"];
            /** @default 0 */
            readonly unread_count: number;
            /** @default null */
            readonly waiting_since: number | null;
            /** @default false */
            readonly woken: boolean;
            /** @default null */
            readonly wrap_up_until: number | null;
        };
        /**
         * TalkChanged
         * @description The whole line, to be put in place of the old one. `told`: what stands in the talk for it.
         */
        readonly TalkChanged: {
            /** @enum {unknown} */
            readonly kind: "talk_changed";
            readonly talk: components["schemas"]["Talk"];
            /** @default null */
            readonly told: components["schemas"]["Message"] | null;
        };
        /**
         * TalkGone
         * @description No longer mine to show.
         */
        readonly TalkGone: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly kind: "talk_gone";
        };
        /**
         * TalkHit
         * @description A talk and its newest line that has the words, of `count`. `kind`: "message", "note", "facts".
         */
        readonly TalkHit: {
            readonly at: number;
            readonly count: number;
            readonly customer_name: string;
            readonly kind: string;
            readonly pieces: readonly components["schemas"]["Piece"][];
            readonly talk: components["schemas"]["TalkRef"];
        };
        /**
         * TalkMerged
         * @description `contact` is no talk of its own any more: it goes on in this one, which is mine.
         */
        readonly TalkMerged: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly kind: "talk_merged";
            readonly talk: components["schemas"]["Talk"];
        };
        /**
         * TalkPage
         * @description Everything about one talk, as of `seq`.
         */
        readonly TalkPage: {
            readonly brief: components["schemas"]["Brief"] | null;
            readonly customer: components["schemas"]["CustomerPanel"] | null;
            readonly facts: readonly components["schemas"]["Fact"][];
            readonly messages: readonly components["schemas"]["Message"][];
            readonly more_before: boolean;
            readonly notes: readonly components["schemas"]["Note"][];
            readonly seq: number;
            /** @default null */
            readonly survey: components["schemas"]["SurveyAnswer"] | null;
            readonly talk: components["schemas"]["Talk"];
            readonly why: readonly components["schemas"]["WhyLine"][];
        };
        /**
         * TalkRef
         * @description An earlier or parallel contact of the same customer.
         */
        readonly TalkRef: {
            /** @default [] */
            readonly agents: readonly string[];
            readonly channel: string;
            /** @default null */
            readonly closed_at: number | null;
            readonly contact: string;
            /** @default null */
            readonly disposition: string | null;
            /** @default  */
            readonly ending: string;
            /** @default  */
            readonly need: string;
            /** @default  */
            readonly need_title: string;
            readonly opened_at: number;
            /** @default null */
            readonly queue: string | null;
            /** @default false */
            readonly with_bot: boolean;
        };
        /**
         * TalkState
         * @description Everything that the widget shows.
         */
        readonly TalkState: {
            /** @default  */
            readonly agent_name: string;
            readonly call: components["schemas"]["Call"];
            /** @default false */
            readonly calls_back: boolean;
            readonly contact: string | null;
            /** @default false */
            readonly is_rated: boolean;
            /** @default [] */
            readonly messages: readonly components["schemas"]["Message"][];
            /** @default false */
            readonly more_before: boolean;
            /** @default null */
            readonly opens_at: number | null;
            /** @default null */
            readonly place: number | null;
            readonly stage: components["schemas"]["Stage"];
            /** @default null */
            readonly wait: components["schemas"]["Wait"] | null;
        };
        /**
         * TalksAsked
         * @description Which open talks to list. Empty: any. `page` counts from 0.
         */
        readonly TalksAsked: {
            /** @default  */
            readonly agent: string;
            /** @default false */
            readonly calls: boolean;
            /** @default false */
            readonly overdue: boolean;
            /** @default 0 */
            readonly page: number;
            /** @default  */
            readonly queue: string;
            /** @default null */
            readonly state: components["schemas"]["ContactState"] | null;
        };
        /** Team */
        readonly Team: {
            readonly id: string;
            readonly title: string;
        };
        /**
         * Theme
         * @enum {unknown}
         */
        readonly Theme: "auto" | "dark" | "light";
        readonly ToDesk: components["schemas"]["DeskWelcome"] | components["schemas"]["DeskStateFrame"] | components["schemas"]["DeskPush"] | components["schemas"]["DeskTypingNow"] | components["schemas"]["ColleaguesNow"] | components["schemas"]["ColleagueTyping"] | components["schemas"]["SetUpNow"] | components["schemas"]["OnDutyNow"] | components["schemas"]["BoardNow"] | components["schemas"]["TodayNow"] | components["schemas"]["AlertsNow"] | components["schemas"]["FloorTalks"] | components["schemas"]["DeskPong"] | components["schemas"]["Receipt"] | components["schemas"]["Refused"] | components["schemas"]["Bye"];
        readonly ToWidget: components["schemas"]["WidgetWelcome"] | components["schemas"]["WidgetState"] | components["schemas"]["WidgetPush"] | components["schemas"]["WidgetTypingNow"] | components["schemas"]["PlaceNow"] | components["schemas"]["HoursNow"] | components["schemas"]["WidgetPong"] | components["schemas"]["Receipt"] | components["schemas"]["Refused"] | components["schemas"]["Bye"];
        /**
         * Today
         * @description Today's figures. `since`: from when on they count (midnight where the site is).
         */
        readonly Today: {
            readonly queues: readonly components["schemas"]["QueueToday"][];
            readonly since: number;
            readonly site: components["schemas"]["QueueToday"];
            /** @default 0 */
            readonly test_count: number;
        };
        /** TodayNow */
        readonly TodayNow: {
            /** @enum {unknown} */
            readonly is: "today";
            readonly today: components["schemas"]["Today"];
        };
        /**
         * Transcript
         * @description A part of the visitor's talk, oldest first.
         */
        readonly Transcript: {
            readonly messages: readonly components["schemas"]["Message"][];
            readonly more_before: boolean;
        };
        /** Transfer */
        readonly Transfer: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "transfer";
            readonly id: string;
            /** @default  */
            readonly note?: string;
            /** @default null */
            readonly to_agent?: string | null;
            /** @default null */
            readonly to_queue?: string | null;
        };
        /**
         * TreeDifference
         * @description What the tree would change (or changed), as lines, and what is to be said of it. `version`: send it with
         *         `act=true`.
         */
        readonly TreeDifference: {
            readonly done: boolean;
            /** @default [] */
            readonly findings: readonly components["schemas"]["Finding"][];
            readonly lines: readonly string[];
            readonly version: number;
        };
        /**
         * Trial
         * @description What yesterday would have been. `day`: YYYY-MM-DD. No queues: too few contacts were answered to tell anything.
         */
        readonly Trial: {
            readonly answered_count: number;
            readonly answered_min: number;
            readonly day: string;
            readonly notes: readonly components["schemas"]["TrialNote"][];
            readonly queues: readonly components["schemas"]["TriedQueue"][];
            readonly runs_count: number;
        };
        /**
         * TrialNote
         * @description What of the day is not in its replay. `code`: a key of `simulation.replay.NOTES`.
         */
        readonly TrialNote: {
            readonly code: string;
            readonly count: number;
        };
        /**
         * Tried
         * @description One figure: as it was, and as the rules `before` and `after` the change play it. `low` to `high`: the difference
         *         between the two, 95 times in 100; null where it cannot be told.
         */
        readonly Tried: {
            readonly after: number | null;
            readonly before: number | null;
            readonly high: number | null;
            readonly low: number | null;
            readonly was: number | null;
        };
        /**
         * TriedQueue
         * @description `queue`: "" is all of them together.
         */
        readonly TriedQueue: {
            readonly entered_count: number;
            readonly figures: {
                readonly [key: string]: components["schemas"]["Tried"];
            };
            readonly queue: string;
        };
        /**
         * Unmerge
         * @description The merged contact becomes a talk of its own again.
         */
        readonly Unmerge: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "unmerge";
            readonly id: string;
        };
        /**
         * Verdict
         * @description What can honestly be said by now.
         * @enum {unknown}
         */
        readonly Verdict: "empty" | "fewer" | "more" | "no_difference" | "too_few";
        /** VersionStatus */
        readonly VersionStatus: {
            readonly current: boolean | null;
            readonly customers_count: number;
            readonly identifiers_count: number;
            readonly loaded_at: number;
            readonly records: {
                readonly [key: string]: number;
            };
            readonly rejected: {
                readonly [key: string]: number;
            };
            readonly source: string;
            readonly version: number;
        };
        /**
         * Wait
         * @description How long it takes, as far as anybody can say. It never rises without a cause; `because` is the cause, where it
         *         takes longer than was told before.
         */
        readonly Wait: {
            readonly because: components["schemas"]["LongerBecause"];
            readonly from_s: number;
            readonly to_s: number;
        };
        /**
         * WaitRange
         * @description What somebody who queues now is told, seconds. `learned_days`: so many days of the site's own history taught it
         *         (0: not written down); None: it is the rule of the queue's length.
         */
        readonly WaitRange: {
            readonly from_s: number;
            /** @default null */
            readonly learned_days: number | null;
            readonly to_s: number;
        };
        /**
         * WalkPage
         * @description The walk that runs, or the last one. `found`: once it is over.
         */
        readonly WalkPage: {
            /** @default null */
            readonly began_at: number | null;
            /** @default null */
            readonly contact: string | null;
            /** @default null */
            readonly found: components["schemas"]["Found"] | null;
            readonly is_walking: boolean;
            /** @default [] */
            readonly moments: readonly components["schemas"]["Moment"][];
            /** @default  */
            readonly name: string;
            /** @default [] */
            readonly scripts: readonly components["schemas"]["WalkScript"][];
        };
        /**
         * WalkScript
         * @description A script to begin with. `text`: YAML.
         */
        readonly WalkScript: {
            readonly name: string;
            readonly text: string;
        };
        /**
         * WatchedChanged
         * @description The line of a talk that is read here without being on this desk.
         */
        readonly WatchedChanged: {
            /** @enum {unknown} */
            readonly kind: "watched_changed";
            readonly talk: components["schemas"]["Talk"];
            /** @default null */
            readonly told: components["schemas"]["Message"] | null;
        };
        /**
         * What
         * @enum {unknown}
         */
        readonly What: "dead_end" | "did" | "heard" | "moved" | "said";
        /**
         * Where
         * @description Where a supervisor saw a talk: with which agent, of which queue.
         */
        readonly Where: {
            readonly owner: string | null;
            readonly queue: string | null;
        };
        /**
         * Whisper
         * @description A supervisor's word to whoever serves the talk; the customer never sees it.
         */
        readonly Whisper: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "whisper";
            readonly id: string;
            readonly text: string;
        };
        /**
         * WhyLine
         * @description One decision of the floor about this contact, as a code and its values.
         */
        readonly WhyLine: {
            readonly at: number;
            readonly rule: string;
            readonly seq: number;
            readonly values: {
                readonly [key: string]: number | string;
            };
        };
        /** DeliveryChanged */
        readonly WidgetDeliveryChanged: {
            readonly delivery: components["schemas"]["Delivery"];
            /** @enum {unknown} */
            readonly kind: "delivery_changed";
            readonly message: string;
        };
        /**
         * Hello
         * @description First frame. `since`, `contact`: the last number that the page has, and the talk that it shows.
         *
         *         `login` is the page's signed token (JWT) that tells who is there, if the page knows.
         */
        readonly WidgetHello: {
            /** @default null */
            readonly contact?: string | null;
            /** @enum {unknown} */
            readonly do: "hello";
            /** @default en */
            readonly language?: string;
            /** @default null */
            readonly login?: string | null;
            /** @default  */
            readonly page?: string;
            /** @default null */
            readonly resume?: string | null;
            /** @default null */
            readonly since?: number | null;
        };
        /**
         * WidgetLook
         * @description How the site wants the widget to look and speak (see `setup.look.Look`). `languages`: those it may speak.
         */
        readonly WidgetLook: {
            /** @default #0b6e64 */
            readonly accent: string;
            /** @default Assistant */
            readonly bot_name: string;
            /** @default  */
            readonly greeting: string;
            /** @default en */
            readonly language: string;
            /**
             * @default [
             *       "en"
             *     ]
             */
            readonly languages: readonly string[];
            /** @default 20 */
            readonly offset_x: number;
            /** @default 20 */
            readonly offset_y: number;
            /** @default end */
            readonly side: string;
            /** @default true */
            readonly survey: boolean;
            /** @default auto */
            readonly theme: string;
            readonly title: string;
        };
        /** MessageAdded */
        readonly WidgetMessageAdded: {
            /** @enum {unknown} */
            readonly kind: "message_added";
            readonly message: components["schemas"]["Message"];
        };
        /**
         * Ping
         * @description Answered by `Pong`; a page that hears nothing for 45 s reconnects.
         */
        readonly WidgetPing: {
            /** @enum {unknown} */
            readonly do: "ping";
        };
        /** Pong */
        readonly WidgetPong: {
            /** @enum {unknown} */
            readonly is: "pong";
            readonly now: number;
        };
        /** Push */
        readonly WidgetPush: {
            readonly at: number;
            /** @enum {unknown} */
            readonly is: "push";
            readonly prev: number;
            readonly push: components["schemas"]["WidgetMessageAdded"] | components["schemas"]["StageChanged"] | components["schemas"]["WidgetDeliveryChanged"];
            readonly seq: number;
        };
        /**
         * Say
         * @description The customer writes. The first one opens the contact.
         */
        readonly WidgetSay: {
            /** @default [] */
            readonly attachments?: readonly string[];
            /** @enum {unknown} */
            readonly do: "say";
            readonly id: string;
            readonly text: string;
        };
        /**
         * Seen
         * @description The customer's page showed `message` (and all before it).
         */
        readonly WidgetSeen: {
            /** @enum {unknown} */
            readonly do: "seen";
            readonly id: string;
            readonly message: string;
        };
        /** State */
        readonly WidgetState: {
            /** @enum {unknown} */
            readonly is: "state";
            readonly seq: number;
            readonly talk: components["schemas"]["TalkState"];
        };
        /**
         * Typing
         * @description Volatile: no id, no receipt.
         */
        readonly WidgetTyping: {
            /** @enum {unknown} */
            readonly do: "typing";
        };
        /**
         * TypingNow
         * @description Somebody on the other side is writing; forget it after 6 s.
         */
        readonly WidgetTypingNow: {
            readonly author: string;
            /** @enum {unknown} */
            readonly is: "typing";
        };
        /**
         * Welcome
         * @description `resume`: keep it, and say it in the next hello. `now`: the server's clock, ids are made by it.
         */
        readonly WidgetWelcome: {
            readonly attachment_bytes_max: number;
            readonly hours: components["schemas"]["HoursNow"];
            /** @enum {unknown} */
            readonly is: "welcome";
            readonly look: components["schemas"]["WidgetLook"];
            /** @default false */
            readonly mails: boolean;
            readonly now: number;
            readonly resume: string;
            readonly text_max: number;
        };
        /**
         * WithdrawRequest
         * @description Asks no longer; or the answer was seen.
         */
        readonly WithdrawRequest: {
            readonly colleague: string;
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "withdraw_request";
            readonly id: string;
        };
        /** WrapUp */
        readonly WrapUp: {
            readonly contact: string;
            /** @default null */
            readonly disposition?: string | null;
            /** @enum {unknown} */
            readonly do: "wrap_up";
            readonly id: string;
            /** @default  */
            readonly note?: string;
        };
        /**
         * WriteNote
         * @description `mentions`: colleagues (agents) who are told of it, and may read the talk.
         */
        readonly WriteNote: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "note";
            readonly id: string;
            /** @default [] */
            readonly mentions?: readonly string[];
            readonly text: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Accept = components['schemas']['Accept'];
export type AcceptRequest = components['schemas']['AcceptRequest'];
export type Address = components['schemas']['Address'];
export type Agent = components['schemas']['Agent'];
export type AgentLine = components['schemas']['AgentLine'];
export type AgentSpec = components['schemas']['AgentSpec'];
export type Alert = components['schemas']['Alert'];
export type AlertLine = components['schemas']['AlertLine'];
export type AlertMeasure = components['schemas']['AlertMeasure'];
export type AlertsNow = components['schemas']['AlertsNow'];
export type ArmCounts = components['schemas']['ArmCounts'];
export type AskCall = components['schemas']['AskCall'];
export type AskClosing = components['schemas']['AskClosing'];
export type AskColleague = components['schemas']['AskColleague'];
export type AskForPerson = components['schemas']['AskForPerson'];
export type AskLetter = components['schemas']['AskLetter'];
export type AskTrial = components['schemas']['AskTrial'];
export type Asked = components['schemas']['Asked'];
export type AttachmentRef = components['schemas']['AttachmentRef'];
export type AuditLine = components['schemas']['AuditLine'];
export type AuthorKind = components['schemas']['AuthorKind'];
export type BePresent = components['schemas']['BePresent'];
export type Begin = components['schemas']['Begin'];
export type Blanks = components['schemas']['Blanks'];
export type BoardNow = components['schemas']['BoardNow'];
export type Brief = components['schemas']['Brief'];
export type BriefLine = components['schemas']['BriefLine'];
export type By = components['schemas']['By'];
export type Bye = components['schemas']['Bye'];
export type Call = components['schemas']['Call'];
export type CallAsked = components['schemas']['CallAsked'];
export type CallChoices = components['schemas']['CallChoices'];
export type CallIs = components['schemas']['CallIs'];
export type CallOff = components['schemas']['CallOff'];
export type CallPage = components['schemas']['CallPage'];
export type CallPromised = components['schemas']['CallPromised'];
export type CallSlots = components['schemas']['CallSlots'];
export type Called = components['schemas']['Called'];
export type Catalogue = components['schemas']['Catalogue'];
export type Certainty = components['schemas']['Certainty'];
export type ChannelCapacity = components['schemas']['ChannelCapacity'];
export type Choice = components['schemas']['Choice'];
export type Closing = components['schemas']['Closing'];
export type Colleague = components['schemas']['Colleague'];
export type ColleagueRequest = components['schemas']['ColleagueRequest'];
export type ColleagueTyping = components['schemas']['ColleagueTyping'];
export type ColleaguesNow = components['schemas']['ColleaguesNow'];
export type ContactState = components['schemas']['ContactState'];
export type CustomerHit = components['schemas']['CustomerHit'];
export type CustomerPanel = components['schemas']['CustomerPanel'];
export type Day = components['schemas']['Day'];
export type DayException = components['schemas']['DayException'];
export type DeadEnd = components['schemas']['DeadEnd'];
export type Decline = components['schemas']['Decline'];
export type DeclineRequest = components['schemas']['DeclineRequest'];
export type Delivery = components['schemas']['Delivery'];
export type DeskDeliveryChanged = components['schemas']['DeskDeliveryChanged'];
export type DeskHello = components['schemas']['DeskHello'];
export type DeskLook = components['schemas']['DeskLook'];
export type DeskMessageAdded = components['schemas']['DeskMessageAdded'];
export type DeskPing = components['schemas']['DeskPing'];
export type DeskPong = components['schemas']['DeskPong'];
export type DeskPush = components['schemas']['DeskPush'];
export type DeskSay = components['schemas']['DeskSay'];
export type DeskSeen = components['schemas']['DeskSeen'];
export type DeskState = components['schemas']['DeskState'];
export type DeskStateFrame = components['schemas']['DeskStateFrame'];
export type DeskTyping = components['schemas']['DeskTyping'];
export type DeskTypingNow = components['schemas']['DeskTypingNow'];
export type DeskWelcome = components['schemas']['DeskWelcome'];
export type Disposition = components['schemas']['Disposition'];
export type DispositionLine = components['schemas']['DispositionLine'];
export type EndedBy = components['schemas']['EndedBy'];
export type ErrorBody = components['schemas']['ErrorBody'];
export type Every = components['schemas']['Every'];
export type Fact = components['schemas']['Fact'];
export type FactsLearned = components['schemas']['FactsLearned'];
export type FieldLine = components['schemas']['FieldLine'];
export type Figures = components['schemas']['Figures'];
export type Finding = components['schemas']['Finding'];
export type Finish = components['schemas']['Finish'];
export type FloorCounts = components['schemas']['FloorCounts'];
export type FloorFigures = components['schemas']['FloorFigures'];
export type FloorQuarter = components['schemas']['FloorQuarter'];
export type FloorTalks = components['schemas']['FloorTalks'];
export type Found = components['schemas']['Found'];
export type FromDesk = components['schemas']['FromDesk'];
export type FromWidget = components['schemas']['FromWidget'];
export type GoOnWithBot = components['schemas']['GoOnWithBot'];
export type HeedMention = components['schemas']['HeedMention'];
export type Hold = components['schemas']['Hold'];
export type Holiday = components['schemas']['Holiday'];
export type HolidaysShown = components['schemas']['HolidaysShown'];
export type Hours = components['schemas']['Hours'];
export type HoursNow = components['schemas']['HoursNow'];
export type ImageAge = components['schemas']['ImageAge'];
export type InTheWay = components['schemas']['InTheWay'];
export type Invitation = components['schemas']['Invitation'];
export type InvitationResult = components['schemas']['InvitationResult'];
export type Invite = components['schemas']['Invite'];
export type Join = components['schemas']['Join'];
export type LearnFact = components['schemas']['LearnFact'];
export type Leave = components['schemas']['Leave'];
export type LetterAsked = components['schemas']['LetterAsked'];
export type LetterOffer = components['schemas']['LetterOffer'];
export type LoginAlgorithm = components['schemas']['LoginAlgorithm'];
export type LoginKey = components['schemas']['LoginKey'];
export type LongerBecause = components['schemas']['LongerBecause'];
export type LookAtFloor = components['schemas']['LookAtFloor'];
export type LookPage = components['schemas']['LookPage'];
export type MailStatus = components['schemas']['MailStatus'];
export type MailTested = components['schemas']['MailTested'];
export type Me = components['schemas']['Me'];
export type Measure = components['schemas']['Measure'];
export type Mention = components['schemas']['Mention'];
export type MentionHeeded = components['schemas']['MentionHeeded'];
export type Merge = components['schemas']['Merge'];
export type Merged = components['schemas']['Merged'];
export type Message = components['schemas']['Message'];
export type MessagesPage = components['schemas']['MessagesPage'];
export type Moment = components['schemas']['Moment'];
export type MoveCall = components['schemas']['MoveCall'];
export type MyPresence = components['schemas']['MyPresence'];
export type Named = components['schemas']['Named'];
export type NeedStatus = components['schemas']['NeedStatus'];
export type Note = components['schemas']['Note'];
export type NoteAdded = components['schemas']['NoteAdded'];
export type Obstacle = components['schemas']['Obstacle'];
export type Offer = components['schemas']['Offer'];
export type OfferEnd = components['schemas']['OfferEnd'];
export type OfferGone = components['schemas']['OfferGone'];
export type OfferShown = components['schemas']['OfferShown'];
export type OnDuty = components['schemas']['OnDuty'];
export type OnDutyNow = components['schemas']['OnDutyNow'];
export type OneTimePassword = components['schemas']['OneTimePassword'];
export type Origin = components['schemas']['Origin'];
export type OverflowRule = components['schemas']['OverflowRule'];
export type OverflowTo = components['schemas']['OverflowTo'];
export type OverflowWhen = components['schemas']['OverflowWhen'];
export type Park = components['schemas']['Park'];
export type Part = components['schemas']['Part'];
export type Participant = components['schemas']['Participant'];
export type PeopleFileRead = components['schemas']['PeopleFileRead'];
export type Person = components['schemas']['Person'];
export type PersonMade = components['schemas']['PersonMade'];
export type PersonRole = components['schemas']['PersonRole'];
export type Piece = components['schemas']['Piece'];
export type PlaceNow = components['schemas']['PlaceNow'];
export type PlaybookStatus = components['schemas']['PlaybookStatus'];
export type Presence = components['schemas']['Presence'];
export type PresenceReason = components['schemas']['PresenceReason'];
export type PresenceSet = components['schemas']['PresenceSet'];
export type PublicHolidays = components['schemas']['PublicHolidays'];
export type Queue = components['schemas']['Queue'];
export type QueueLine = components['schemas']['QueueLine'];
export type QueueShut = components['schemas']['QueueShut'];
export type QueueSpec = components['schemas']['QueueSpec'];
export type QueueToday = components['schemas']['QueueToday'];
export type Rate = components['schemas']['Rate'];
export type Receipt = components['schemas']['Receipt'];
export type RecordGroup = components['schemas']['RecordGroup'];
export type RecordLine = components['schemas']['RecordLine'];
export type Refused = components['schemas']['Refused'];
export type RejectStatus = components['schemas']['RejectStatus'];
export type Relaxation = components['schemas']['Relaxation'];
export type Release = components['schemas']['Release'];
export type Replies = components['schemas']['Replies'];
export type Reply = components['schemas']['Reply'];
export type Report = components['schemas']['Report'];
export type ReportCell = components['schemas']['ReportCell'];
export type ReportContact = components['schemas']['ReportContact'];
export type ReportContacts = components['schemas']['ReportContacts'];
export type ReportGroup = components['schemas']['ReportGroup'];
export type RequestEnd = components['schemas']['RequestEnd'];
export type RequestGone = components['schemas']['RequestGone'];
export type RequestShown = components['schemas']['RequestShown'];
export type Role = components['schemas']['Role'];
export type RoutingPage = components['schemas']['RoutingPage'];
export type RowProblem = components['schemas']['RowProblem'];
export type SearchPage = components['schemas']['SearchPage'];
export type SeeAlert = components['schemas']['SeeAlert'];
export type SetAgent = components['schemas']['SetAgent'];
export type SetUpNow = components['schemas']['SetUpNow'];
export type SetupLook = components['schemas']['SetupLook'];
export type SetupStatus = components['schemas']['SetupStatus'];
export type Side = components['schemas']['Side'];
export type SignIn = components['schemas']['SignIn'];
export type SignedIn = components['schemas']['SignedIn'];
export type Site = components['schemas']['Site'];
export type SitePlace = components['schemas']['SitePlace'];
export type SiteSpec = components['schemas']['SiteSpec'];
export type Skill = components['schemas']['Skill'];
export type SkillNeed = components['schemas']['SkillNeed'];
export type Snooze = components['schemas']['Snooze'];
export type Span = components['schemas']['Span'];
export type Stage = components['schemas']['Stage'];
export type StageChanged = components['schemas']['StageChanged'];
export type StoryMoved = components['schemas']['StoryMoved'];
export type StoryPage = components['schemas']['StoryPage'];
export type StoryTalk = components['schemas']['StoryTalk'];
export type Suggestion = components['schemas']['Suggestion'];
export type SuggestionOrigin = components['schemas']['SuggestionOrigin'];
export type Suggestions = components['schemas']['Suggestions'];
export type SurveyAnswer = components['schemas']['SurveyAnswer'];
export type SurveyTaken = components['schemas']['SurveyTaken'];
export type TakeOver = components['schemas']['TakeOver'];
export type Talk = components['schemas']['Talk'];
export type TalkChanged = components['schemas']['TalkChanged'];
export type TalkGone = components['schemas']['TalkGone'];
export type TalkHit = components['schemas']['TalkHit'];
export type TalkMerged = components['schemas']['TalkMerged'];
export type TalkPage = components['schemas']['TalkPage'];
export type TalkRef = components['schemas']['TalkRef'];
export type TalkState = components['schemas']['TalkState'];
export type TalksAsked = components['schemas']['TalksAsked'];
export type Team = components['schemas']['Team'];
export type Theme = components['schemas']['Theme'];
export type ToDesk = components['schemas']['ToDesk'];
export type ToWidget = components['schemas']['ToWidget'];
export type Today = components['schemas']['Today'];
export type TodayNow = components['schemas']['TodayNow'];
export type Transcript = components['schemas']['Transcript'];
export type Transfer = components['schemas']['Transfer'];
export type TreeDifference = components['schemas']['TreeDifference'];
export type Trial = components['schemas']['Trial'];
export type TrialNote = components['schemas']['TrialNote'];
export type Tried = components['schemas']['Tried'];
export type TriedQueue = components['schemas']['TriedQueue'];
export type Unmerge = components['schemas']['Unmerge'];
export type Verdict = components['schemas']['Verdict'];
export type VersionStatus = components['schemas']['VersionStatus'];
export type Wait = components['schemas']['Wait'];
export type WaitRange = components['schemas']['WaitRange'];
export type WalkPage = components['schemas']['WalkPage'];
export type WalkScript = components['schemas']['WalkScript'];
export type WatchedChanged = components['schemas']['WatchedChanged'];
export type What = components['schemas']['What'];
export type Where = components['schemas']['Where'];
export type Whisper = components['schemas']['Whisper'];
export type WhyLine = components['schemas']['WhyLine'];
export type WidgetDeliveryChanged = components['schemas']['WidgetDeliveryChanged'];
export type WidgetHello = components['schemas']['WidgetHello'];
export type WidgetLook = components['schemas']['WidgetLook'];
export type WidgetMessageAdded = components['schemas']['WidgetMessageAdded'];
export type WidgetPing = components['schemas']['WidgetPing'];
export type WidgetPong = components['schemas']['WidgetPong'];
export type WidgetPush = components['schemas']['WidgetPush'];
export type WidgetSay = components['schemas']['WidgetSay'];
export type WidgetSeen = components['schemas']['WidgetSeen'];
export type WidgetState = components['schemas']['WidgetState'];
export type WidgetTyping = components['schemas']['WidgetTyping'];
export type WidgetTypingNow = components['schemas']['WidgetTypingNow'];
export type WidgetWelcome = components['schemas']['WidgetWelcome'];
export type WithdrawRequest = components['schemas']['WithdrawRequest'];
export type WrapUp = components['schemas']['WrapUp'];
export type WriteNote = components['schemas']['WriteNote'];
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
