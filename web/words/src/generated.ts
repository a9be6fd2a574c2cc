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
        /** AgentLine */
        readonly AgentLine: {
            readonly agent: string;
            readonly name: string;
            readonly presence: components["schemas"]["Presence"];
            readonly reason: string | null;
            readonly since: number;
            readonly talks_count: number;
        };
        /** AskForPerson */
        readonly AskForPerson: {
            /** @enum {unknown} */
            readonly do: "person";
            readonly id: string;
        };
        /** AttachmentRef */
        readonly AttachmentRef: {
            readonly bytes_count: number;
            readonly id: string;
            readonly media_type: string;
            readonly name: string;
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
         * Board
         * @description The supervisor's floor, now. Volatile: sent whole, at most once a second.
         */
        readonly Board: {
            readonly agents: readonly components["schemas"]["AgentLine"][];
            readonly at: number;
            readonly queues: readonly components["schemas"]["QueueLine"][];
            readonly talks: readonly components["schemas"]["Talk"][];
        };
        /** BoardNow */
        readonly BoardNow: {
            readonly board: components["schemas"]["Board"];
            /** @enum {unknown} */
            readonly is: "board";
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
         * Certainty
         * @description How sure a fact is. Only `PROVED` and `ON_RECORD` need no confirming word.
         * @enum {unknown}
         */
        readonly Certainty: 1 | 2 | 3 | 4;
        /**
         * Choice
         * @description An answer that the reader may pick instead of writing it. `say` is sent as if they had written it.
         */
        readonly Choice: {
            readonly label: string;
            readonly say: string;
        };
        /**
         * ContactState
         * @enum {unknown}
         */
        readonly ContactState: "active" | "closed" | "offered" | "parked" | "waiting" | "with_bot" | "wrap_up";
        /** CustomerPanel */
        readonly CustomerPanel: {
            readonly customer: string;
            readonly earlier: readonly components["schemas"]["TalkRef"][];
            readonly fields: readonly components["schemas"]["FieldLine"][];
            readonly identity_level: number;
            readonly image: components["schemas"]["ImageAge"] | null;
            readonly name: string;
            readonly records: readonly components["schemas"]["RecordLine"][];
            readonly records_count: number;
        };
        /** Decline */
        readonly Decline: {
            /** @enum {unknown} */
            readonly do: "decline";
            readonly id: string;
            readonly offer: string;
            /** @default null */
            readonly reason?: string | null;
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
        /** Hello */
        readonly DeskHello: {
            /** @enum {unknown} */
            readonly do: "hello";
            /** @default null */
            readonly since?: number | null;
        };
        /**
         * MessageAdded
         * @description `channel`, `reply_due_at` and `reply_overdue` are the talk's, as they are with this message.
         */
        readonly DeskMessageAdded: {
            readonly channel: string;
            readonly contact: string;
            /** @enum {unknown} */
            readonly kind: "message_added";
            readonly message: components["schemas"]["Message"];
            /** @default null */
            readonly reply_due_at: number | null;
            /** @default false */
            readonly reply_overdue: boolean;
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
            readonly push: components["schemas"]["PresenceSet"] | components["schemas"]["TalkChanged"] | components["schemas"]["TalkGone"] | components["schemas"]["OfferShown"] | components["schemas"]["OfferGone"] | components["schemas"]["DeskMessageAdded"] | components["schemas"]["NoteAdded"] | components["schemas"]["FactsLearned"] | components["schemas"]["DeskDeliveryChanged"];
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
            readonly dispositions: readonly components["schemas"]["Named"][];
            readonly me: components["schemas"]["Me"];
            readonly offers: readonly components["schemas"]["Offer"][];
            readonly presence: components["schemas"]["MyPresence"];
            readonly presence_reasons: readonly components["schemas"]["Named"][];
            readonly queues: readonly components["schemas"]["Named"][];
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
         * Finish
         * @description The talk is over; wrap-up begins.
         */
        readonly Finish: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "finish";
            readonly id: string;
        };
        readonly FromDesk: components["schemas"]["DeskHello"] | components["schemas"]["BePresent"] | components["schemas"]["Accept"] | components["schemas"]["Decline"] | components["schemas"]["DeskSay"] | components["schemas"]["WriteNote"] | components["schemas"]["LearnFact"] | components["schemas"]["Transfer"] | components["schemas"]["Finish"] | components["schemas"]["WrapUp"] | components["schemas"]["Park"] | components["schemas"]["Hold"] | components["schemas"]["Join"] | components["schemas"]["Part"] | components["schemas"]["TakeOver"] | components["schemas"]["Release"] | components["schemas"]["DeskSeen"] | components["schemas"]["DeskTyping"] | components["schemas"]["DeskPing"];
        readonly FromWidget: components["schemas"]["WidgetHello"] | components["schemas"]["WidgetSay"] | components["schemas"]["AskForPerson"] | components["schemas"]["GoOnWithBot"] | components["schemas"]["Leave"] | components["schemas"]["WidgetSeen"] | components["schemas"]["WidgetTyping"] | components["schemas"]["WidgetPing"];
        /**
         * GoOnWithBot
         * @description The waiting customer chooses the assistant meanwhile; the place is kept.
         */
        readonly GoOnWithBot: {
            /** @enum {unknown} */
            readonly do: "bot";
            readonly id: string;
        };
        /** Hold */
        readonly Hold: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "hold";
            readonly held: boolean;
            readonly id: string;
        };
        /**
         * ImageAge
         * @description Where the customer's data comes from and how old it is.
         */
        readonly ImageAge: {
            readonly loaded_at: number;
            readonly source: string;
            readonly version: number;
        };
        /**
         * Join
         * @description Supervisors listen or take part; an invited agent joins.
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
        };
        /**
         * MessagesPage
         * @description Older messages, oldest first.
         */
        readonly MessagesPage: {
            readonly messages: readonly components["schemas"]["Message"][];
            readonly more_before: boolean;
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
            readonly seq: number;
            readonly text: string;
        };
        /** NoteAdded */
        readonly NoteAdded: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly kind: "note_added";
            readonly note: components["schemas"]["Note"];
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
        /** OfferGone */
        readonly OfferGone: {
            readonly end: components["schemas"]["OfferEnd"];
            /** @enum {unknown} */
            readonly kind: "offer_gone";
            readonly offer: string;
        };
        /** OfferShown */
        readonly OfferShown: {
            /** @enum {unknown} */
            readonly kind: "offer_shown";
            readonly offer: components["schemas"]["Offer"];
        };
        /**
         * Origin
         * @enum {unknown}
         */
        readonly Origin: "agent" | "bot" | "customer" | "login" | "record";
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
         * PersonRole
         * @description What a person may do at a site. Each may what the one before may.
         * @enum {unknown}
         */
        readonly PersonRole: "administrator" | "agent" | "supervisor";
        /**
         * PlaceNow
         * @description Volatile: the place in line moved.
         */
        readonly PlaceNow: {
            /** @enum {unknown} */
            readonly is: "place";
            readonly place: number | null;
        };
        /**
         * Presence
         * @enum {unknown}
         */
        readonly Presence: "away" | "offline" | "ready";
        /** PresenceSet */
        readonly PresenceSet: {
            /** @enum {unknown} */
            readonly kind: "presence_set";
            readonly presence: components["schemas"]["MyPresence"];
        };
        /**
         * QueueLine
         * @description One queue of the board, now.
         */
        readonly QueueLine: {
            readonly agents_ready_count: number;
            readonly oldest_since: number | null;
            readonly queue: string;
            readonly title: string;
            readonly waiting_count: number;
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
        /** Release */
        readonly Release: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "release";
            readonly id: string;
            /** @default null */
            readonly queue?: string | null;
        };
        /**
         * Role
         * @description What somebody else than the owner does in a contact.
         * @enum {unknown}
         */
        readonly Role: "consulted" | "invited" | "listening";
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
         * Stage
         * @description Where the customer stands, in the customer's words.
         * @enum {unknown}
         */
        readonly Stage: "agent" | "bot" | "closed" | "none" | "waiting" | "waiting_with_bot";
        /** StageChanged */
        readonly StageChanged: {
            /** @default  */
            readonly agent_name: string;
            readonly contact: string;
            /** @enum {unknown} */
            readonly kind: "stage_changed";
            /** @default null */
            readonly place: number | null;
            readonly stage: components["schemas"]["Stage"];
        };
        /** TakeOver */
        readonly TakeOver: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "take_over";
            readonly id: string;
        };
        /**
         * Talk
         * @description One contact as a line of the list. Words are few here: the name, the need, the last message's start.
         */
        readonly Talk: {
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
            readonly state: components["schemas"]["ContactState"];
            /** @default 0 */
            readonly unread_count: number;
            /** @default null */
            readonly waiting_since: number | null;
            /** @default null */
            readonly wrap_up_until: number | null;
        };
        /**
         * TalkChanged
         * @description The whole line, to be put in place of the old one.
         */
        readonly TalkChanged: {
            /** @enum {unknown} */
            readonly kind: "talk_changed";
            readonly talk: components["schemas"]["Talk"];
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
            readonly talk: components["schemas"]["Talk"];
            readonly why: readonly components["schemas"]["WhyLine"][];
        };
        /**
         * TalkRef
         * @description An earlier or parallel contact of the same customer.
         */
        readonly TalkRef: {
            readonly channel: string;
            /** @default null */
            readonly closed_at: number | null;
            readonly contact: string;
            /** @default  */
            readonly ending: string;
            /** @default  */
            readonly need: string;
            readonly opened_at: number;
        };
        /**
         * TalkState
         * @description Everything that the widget shows.
         */
        readonly TalkState: {
            /** @default  */
            readonly agent_name: string;
            readonly contact: string | null;
            /** @default [] */
            readonly messages: readonly components["schemas"]["Message"][];
            /** @default false */
            readonly more_before: boolean;
            /** @default null */
            readonly place: number | null;
            readonly stage: components["schemas"]["Stage"];
        };
        readonly ToDesk: components["schemas"]["DeskWelcome"] | components["schemas"]["DeskStateFrame"] | components["schemas"]["DeskPush"] | components["schemas"]["DeskTypingNow"] | components["schemas"]["BoardNow"] | components["schemas"]["DeskPong"] | components["schemas"]["Receipt"] | components["schemas"]["Refused"] | components["schemas"]["Bye"];
        readonly ToWidget: components["schemas"]["WidgetWelcome"] | components["schemas"]["WidgetState"] | components["schemas"]["WidgetPush"] | components["schemas"]["WidgetTypingNow"] | components["schemas"]["PlaceNow"] | components["schemas"]["WidgetPong"] | components["schemas"]["Receipt"] | components["schemas"]["Refused"] | components["schemas"]["Bye"];
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
         * @description First frame. `login` is the page's signed token (JWT) that tells who is there, if the page knows.
         */
        readonly WidgetHello: {
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
         * @description How the site wants the widget to look and speak.
         */
        readonly WidgetLook: {
            /** @default #0b6e64 */
            readonly accent: string;
            /** @default Assistant */
            readonly bot_name: string;
            /** @default en */
            readonly language: string;
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
            /** @enum {unknown} */
            readonly is: "welcome";
            readonly look: components["schemas"]["WidgetLook"];
            readonly now: number;
            readonly resume: string;
            readonly text_max: number;
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
        /** WriteNote */
        readonly WriteNote: {
            readonly contact: string;
            /** @enum {unknown} */
            readonly do: "note";
            readonly id: string;
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
export type AgentLine = components['schemas']['AgentLine'];
export type AskForPerson = components['schemas']['AskForPerson'];
export type AttachmentRef = components['schemas']['AttachmentRef'];
export type AuthorKind = components['schemas']['AuthorKind'];
export type BePresent = components['schemas']['BePresent'];
export type Board = components['schemas']['Board'];
export type BoardNow = components['schemas']['BoardNow'];
export type Brief = components['schemas']['Brief'];
export type BriefLine = components['schemas']['BriefLine'];
export type Bye = components['schemas']['Bye'];
export type Certainty = components['schemas']['Certainty'];
export type Choice = components['schemas']['Choice'];
export type ContactState = components['schemas']['ContactState'];
export type CustomerPanel = components['schemas']['CustomerPanel'];
export type Decline = components['schemas']['Decline'];
export type Delivery = components['schemas']['Delivery'];
export type DeskDeliveryChanged = components['schemas']['DeskDeliveryChanged'];
export type DeskHello = components['schemas']['DeskHello'];
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
export type ErrorBody = components['schemas']['ErrorBody'];
export type Fact = components['schemas']['Fact'];
export type FactsLearned = components['schemas']['FactsLearned'];
export type FieldLine = components['schemas']['FieldLine'];
export type Finish = components['schemas']['Finish'];
export type FromDesk = components['schemas']['FromDesk'];
export type FromWidget = components['schemas']['FromWidget'];
export type GoOnWithBot = components['schemas']['GoOnWithBot'];
export type Hold = components['schemas']['Hold'];
export type ImageAge = components['schemas']['ImageAge'];
export type Join = components['schemas']['Join'];
export type LearnFact = components['schemas']['LearnFact'];
export type Leave = components['schemas']['Leave'];
export type Me = components['schemas']['Me'];
export type Message = components['schemas']['Message'];
export type MessagesPage = components['schemas']['MessagesPage'];
export type MyPresence = components['schemas']['MyPresence'];
export type Named = components['schemas']['Named'];
export type Note = components['schemas']['Note'];
export type NoteAdded = components['schemas']['NoteAdded'];
export type Offer = components['schemas']['Offer'];
export type OfferEnd = components['schemas']['OfferEnd'];
export type OfferGone = components['schemas']['OfferGone'];
export type OfferShown = components['schemas']['OfferShown'];
export type Origin = components['schemas']['Origin'];
export type Park = components['schemas']['Park'];
export type Part = components['schemas']['Part'];
export type Participant = components['schemas']['Participant'];
export type PersonRole = components['schemas']['PersonRole'];
export type PlaceNow = components['schemas']['PlaceNow'];
export type Presence = components['schemas']['Presence'];
export type PresenceSet = components['schemas']['PresenceSet'];
export type QueueLine = components['schemas']['QueueLine'];
export type Receipt = components['schemas']['Receipt'];
export type RecordLine = components['schemas']['RecordLine'];
export type Refused = components['schemas']['Refused'];
export type Release = components['schemas']['Release'];
export type Role = components['schemas']['Role'];
export type SignIn = components['schemas']['SignIn'];
export type SignedIn = components['schemas']['SignedIn'];
export type Stage = components['schemas']['Stage'];
export type StageChanged = components['schemas']['StageChanged'];
export type TakeOver = components['schemas']['TakeOver'];
export type Talk = components['schemas']['Talk'];
export type TalkChanged = components['schemas']['TalkChanged'];
export type TalkGone = components['schemas']['TalkGone'];
export type TalkPage = components['schemas']['TalkPage'];
export type TalkRef = components['schemas']['TalkRef'];
export type TalkState = components['schemas']['TalkState'];
export type ToDesk = components['schemas']['ToDesk'];
export type ToWidget = components['schemas']['ToWidget'];
export type Transfer = components['schemas']['Transfer'];
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
export type WrapUp = components['schemas']['WrapUp'];
export type WriteNote = components['schemas']['WriteNote'];
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
