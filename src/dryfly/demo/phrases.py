"""What the people of the demo say: customers by need, agents by need, and how people mistype."""

from random import Random
from typing import NamedTuple


class Lines(NamedTuple):
    """`opens`: the customer's first words. `agent`: what an agent says, one after the other. `closes`: how it ends."""

    opens: tuple[str, ...]
    agent: tuple[tuple[str, ...], ...] = ()
    closes: tuple[str, ...] = ("solved",)


_LOOK = ("One moment please, I am looking at it.", "Let me have a look.", "I am opening your order, one moment.")

LINES: dict[str, Lines] = {
    "order_status": Lines(
        ("Where is my order?", "hi, has my parcel been sent yet?", "My package hasn't come. Any news?",
         "When will my order arrive", "is my order {order} on its way?", "I'm still waiting for the {item}"),
        (_LOOK, ("I have asked the carrier. They found the parcel in their depot and deliver it tomorrow.",
                 "The carrier had a full van yesterday. It is with the driver today.",
                 "It went to the wrong depot. I have it sent on with priority, you will have it within two days.")),
        ("solved", "solved", "call-back"),
    ),
    "order_contents": Lines(("what did I order?", "What is in my order {order}", "was the {item} in my last order?")),
    "invoice_amount": Lines(
        ("how much was my last invoice?", "Is my invoice paid?", "When is my bill due?"),
        (_LOOK, ("I have sent the invoice to your mail again.", "Your payment came in this morning, all is well.")),
    ),
    "return_window": Lines(
        ("Until when can I return my order?", "is it too late to send the {item} back?", "can I still return it")
    ),
    "return_items": Lines(
        ("I want to return an item", "the {item} doesn't fit, I want to return it", "I'd like to send the {item} back",
         "it arrived damaged and I want to return it", "please take back the {item}"),
        (("I see the {item} in order {order}. I am making the return label now.",
          "I have read what you wrote about the {item}. I make a label for you."),
         ("The label is in your mail. It costs you nothing, any post office takes the parcel.",
          "You have the label in your mail now. The money is with you within five days of its arrival.")),
        ("return-made", "return-made", "refund-made"),
    ),
    "cancel_order": Lines(
        ("please cancel my order", "I ordered by mistake, can you cancel it?", "cancel order {order} please"),
        (_LOOK, ("Order {order} is cancelled. Nothing will be charged.",
                 "I stopped it in the warehouse just in time. It is cancelled.")),
        ("order-changed",),
    ),
    "refund_status": Lines(
        ("where is my refund?", "I sent it back two weeks ago and got no money", "has my refund been made?"),
        (_LOOK, ("The parcel is in our warehouse since yesterday. I have made the refund by hand just now.",)),
        ("refund-made",),
    ),
    "subscription_next": Lines(("when does my subscription come?", "what does my subscription cost", "next box?")),
    "subscription_change": Lines(
        ("please pause my subscription", "I want to end my subscription", "skip the next delivery of my subscription"),
        (("I do that right away. From when on?", "Of course. I change it from the next delivery on."),
         ("Done. You find it under your subscriptions, and you can change it back whenever you like.",)),
    ),
    "opening_hours": Lines(("what are your opening hours?", "until when can I call?", "are you open on sunday")),
    "shipping": Lines(("what does shipping cost?", "how long does delivery take usually?", "do you ship abroad?")),
    "warranty": Lines(("how long is the guarantee on the {item}?", "what is covered", "do you repair things?")),
    "payment_ways": Lines(("how can I pay?", "do you accept PayPal", "do gift cards expire?")),
    "product_advice": Lines(
        ("which lamp is right for reading?", "can you recommend a backpack for hiking?", "are the earbuds waterproof?",
         "what is the difference between the Fluggerbot Pro and the Mini?", "how big is the tent"),
        (("Good question. How will you use it most of the time?", "Let me ask one thing first: indoors or outdoors?"),
         ("Then I would take the one that you named. It is the quieter one, and you can return it within 30 days.",
          "For that the smaller one does as well, and it is lighter. I use it myself.")),
        ("advice", "advice", "sold"),
    ),
    "buying": Lines(
        ("I want to buy a Fluggerbot Pro", "I'd like to order two desk lamps for my office", "can I order here?"),
        (("With pleasure. I put it into your basket, have a look whether the colour is right.",),
         ("Thank you! You get the confirmation by mail in a minute.",)),
        ("sold",),
    ),
    "complaint": Lines(
        ("I want to complain about the carrier, they threw the parcel over the fence",
         "this is a complaint, the {item} broke after two days", "I am unhappy with the {item} and want to complain"),
        (("I am sorry about that, {given}. That is not how it should be.", "I am sorry, {given}. Let me put it right."),
         ("I send you a new {item} today, and you need not send the old one back.",
          "I have refunded it in full and written to the carrier. Thank you for telling us.")),
        ("refund-made", "solved", "not-solved"),
    ),
    "leaving": Lines(
        ("delete my account please, I am done with you", "I want to leave the club and never order again"),
        (("I am sorry to hear that, {given}. May I ask what went wrong?",),
         ("I understand. If you stay, I take care of it myself; if not, I delete the account today. As you like.",)),
        ("stays", "not-solved"),
    ),
    "asked_for_person": Lines(
        ("can I talk to a person?", "a human please", "I'd rather speak to somebody, not a bot"),
        (("Of course. What can I do for you?", "You have one now. How can I help?"),
         ("I see. I have changed it for you, it is done.", "I have noted it and take care of it today.")),
        ("solved", "call-back"),
    ),
}  # fmt: skip

HELLOS = (
    "Hello {given}, this is {agent}. I have read what you wrote.",
    "Hi {given}, {agent} here. I see what it is about.",
    "Good day {given}, I am {agent}, and I have your order {order} before me.",
    "Hello {given}! {agent} speaking. You need not repeat anything.",
)
BYES = (
    "Is there anything else that I can do for you?",
    "Thank you for writing, {given}. Have a good day!",
    "Then I wish you a good day, {given}.",
)
FOLLOWS = (
    "ok thanks", "Good, and how long will that take?", "that would be great", "alright", "Yes please",
    "oh I see", "can you send me that by mail too?", "perfect", "hm ok", "And it costs nothing?",
)  # fmt: skip
ANSWERS = (
    "Within two days at the latest.",
    "No, that costs you nothing.",
    "I send it by mail as well.",
    "Yes, certainly.",
)
THANKS = ("thank you!", "Thanks, that helped", "great, thanks a lot", "thx", "perfect thank you")
SOLVED = ("thanks, that's all I needed", "perfect, that solves it", "great, that answers my question, bye")
IMPATIENT = ("hello? anybody there?", "still waiting...", "how long does this take?")
REASONS = {"return_items": "the {item}", "refund_to": "original payment method", "cancel_reason": "no longer needed",
           "subscription_wish": "pause it", "wanted": "for the evenings at home, mostly"}  # fmt: skip
NOTES = (
    "Carrier asked, answers tomorrow.", "Label sent by mail.", "Was friendly, knows the club.", "Wants a call.",
    "Second contact about the same parcel.", "Refund made by hand.", "Told about the season mail.",
)  # fmt: skip


def mistyped(text: str, random: Random, chance: float = 0.18) -> str:
    """As somebody types who is in a hurry: now and then a letter is swapped or lost. Numbers stay right."""
    if random.random() > chance:
        return text
    places = [i for i in range(1, len(text) - 1) if text[i].isalpha() and text[i + 1].isalpha()]
    if not places:
        return text
    at = random.choice(places)
    swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return swapped if random.random() < 0.6 else text[:at] + text[at + 1 :]


def greeting(random: Random, order: str) -> str:
    """Of an order only where there is one."""
    return random.choice([hello for hello in HELLOS if order or "{order}" not in hello])


def filled(text: str, **values: str) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text
