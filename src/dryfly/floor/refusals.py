"""Every way in which the floor says no: a stable code, and a sentence that says what to do.

The API shows the sentences in English and sends code and values; clients translate by code.
"""

from typing import NoReturn

from dryfly.floor.model import Refusal

REFUSALS: dict[str, str] = {
    "already_merged": "One of the two is merged into another contact already. Part it first.",
    "already_asked": "This colleague is asked already. Wait for the answer, or withdraw it.",
    "already_there": "This colleague takes part in the contact already.",
    "agent_exists_not": "There is no such agent. Put the agent first.",
    "agent_is_full": "The agent has no room on this channel. Let a contact end first, or choose another agent.",
    "agent_not_connected": "No desk of this agent is open. Connect it first.",
    "agent_not_ready": "This agent is not ready. Choose another one, or a queue.",
    "author_unfit": "What customers say is heard with HearCustomer, not said to them.",
    "bot_is_silent": "A person was asked for: the bot says nothing until the customer returns to it.",
    "choice_unknown": "There is no such choice of agents. See floor.policies.",
    "clock_went_back": "The time given lies before the last event. Submit it with the present time.",
    "colleague_not_there": "This colleague is not signed in. Ask another one.",
    "contact_closed": "This contact is closed, or was never opened. Open a new one.",
    "contact_exists": "A contact with this id is open already. Use a new id.",
    "contact_has_no_queue": "This contact was never queued. Queue it first, so that it has a place to return to.",
    "contact_has_merged": "Others are merged into this contact. Merge into it instead, or part them first.",
    "contact_is_merged": "This contact goes on inside another one. Do it there, or part it first.",
    "contact_is_over": "This talk is being wrapped up. Let it end.",
    "contact_not_active": "This needs a contact that is being served.",
    "contact_not_waiting": "This contact does not wait. An agent who serves it transfers it instead.",
    "contact_not_wrapping_up": "Wrap-up has not begun. Finish the contact first.",
    "customer_has_open_contact": "This customer is in a talk already. Go on there, or wait until it is over.",
    "hours_out_of_order": "Spans of opening hours follow each other, apart and in order, 400 at most.",
    "no_callback_due": "Nobody waits to be called back here.",
    "no_callbacks": "This queue calls nobody back. Give it attempts first.",
    "different_customers": "These contacts are of two different customers.",
    "merged_into_itself": "A contact cannot be merged into itself.",
    "merged_too_many": "So many contacts are merged into this one already.",
    "merge_unconfirmed": "The customer of one of them is not known. Confirm that it is the same person.",
    "not_a_participant": "This agent takes no part in the contact.",
    "not_merged": "This contact is not merged into another one.",
    "not_your_contact": "Another agent owns this contact.",
    "not_your_offer": "This offer was made to another agent.",
    "offer_gone": "This offer has lapsed, was answered, or was taken back.",
    "overflow_is_cyclic": "These rules would lead a contact back to this queue. Let one of them end elsewhere.",
    "overflow_needs_queue": "A rule names a queue if it leads to one, and only then.",
    "overflow_twice": "A queue has 8 rules of overflow at most, and none of them twice.",
    "queue_exists_not": "There is no such queue. Put the queue first.",
    "queue_in_use": "Contacts still wait in this queue or are served from it. Let them end first.",
    "queue_is_full": "This queue holds as many waiting contacts as it may.",
    "slot_is_full": "As many calls are booked for this half hour as can be kept. Choose another time.",
    "slot_out_of_hours": "Nobody is there to call at this time. Choose one within the opening hours.",
    "slot_out_of_range": "Choose a time to come, within two weeks.",
    "snooze_out_of_range": "Choose a time from a minute to half a year ahead.",
    "relaxation_out_of_order": "Each step of relaxation comes later than the one before, and there are 8 at most.",
    "relaxation_tightens": "A step of relaxation may lower a level or drop a skill, never raise it.",
    "skill_is_firm": "This skill is firm: no step of relaxation may lower it. Make it relaxable, or leave it out.",
    "request_gone": "You are not asked any longer: it lapsed, was withdrawn, or the contact is with somebody else.",
    "requests_too_many": "So many colleagues are asked already. Wait for their answers.",
    "role_unfit": "Colleagues are asked as consulted or invited.",
    "served_by_another": "Another agent has this talk. Ask them to pass it on to you, or a supervisor to merge it.",
    "site_is_full": "The site holds as many open contacts as it may.",
    "spec_out_of_range": "A number in this set-up lies outside its range.",
    "transfer_needs_one_target": "Name one target: a queue or an agent.",
}


def refuse(code: str, **values: int | str | None) -> NoReturn:
    assert code in REFUSALS, code
    raise Refusal(code, **values)
