"""What the assistant says to a case: by the demo's own playbook, so that history and the living bot speak alike."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dryfly.bot import template
from dryfly.bot.playbook import Need, Playbook, holds
from dryfly.bot.playbook_file import parse_playbook
from dryfly.demo.cases import Case
from dryfly.demo.shop import Invoice, Line, Order, Subscription

SIGNALS = {"buying": "general", "complaint": "care", "leaving": "care", "asked_for_person": "general"}


ORDER_FIELDS = (
    "key", "carrier", "tracking", "expected_on", "delivered_on", "return_until", "refunded_on", "refunded",
)  # fmt: skip


def playbook_text() -> str:
    return Path(__file__).with_name("playbook.yaml").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Told:
    text: str

    @cached_property
    def playbook(self) -> Playbook:
        return parse_playbook(self.text)

    def need(self, case: Case) -> Need | None:
        return self.playbook.need(case.need)

    def queue(self, case: Case) -> str:
        need = self.need(case)
        return self.playbook.queue_of(need) if need else SIGNALS[case.need]

    def title(self, case: Case) -> str:
        need = self.need(case)
        return need.title if need else ""

    def wants_identity(self, case: Case) -> bool:
        need = self.need(case)
        return need is not None and need.identity != "unknown"

    def answer(self, case: Case) -> str | None:
        """None: a person takes over."""
        need, fields = self.need(case), fields_of(case)
        if need is None or (need.hand_over and need.hand_over.wanted(fields)):
            return None
        scope = scope_of(case)
        return next((said for a in need.answers if holds(a.when, fields) and (said := _said(a.say, scope))), None)

    def questions(self, case: Case) -> list[tuple[str, str, str]]:
        """(fact, label, question) that are asked before a person takes over."""
        need, scope = self.need(case), scope_of(case)
        asked = need.ask if need else ()
        return [(one.fact, one.label, text) for one in asked if (text := _said(one.question, scope))]


def _said(text: str, scope: template.Scope) -> str | None:
    try:
        return template.parse(text).render(scope)
    except template.Unresolved:
        return None


def fields_of(case: Case) -> dict[str, str]:
    record = case.order or case.invoice or case.subscription
    return {"status": record.status} if record else {}


def scope_of(case: Case) -> dict[str, template.Thing]:
    scope: dict[str, template.Thing] = {}
    if case.order:
        scope["order"] = _order(case.order)
    if case.invoice:
        scope["invoice"] = _invoice(case.invoice)
    if case.subscription:
        scope["subscription"] = _subscription(case.subscription)
    return scope


def _order(order: Order) -> dict[str, template.Thing]:
    told = {name: str(getattr(order, name) or "") for name in ORDER_FIELDS}
    return {**told, "date": str(order.ordered_on), "lines": [_line(line) for line in order.lines]}


def _line(line: Line) -> dict[str, template.Thing]:
    return {"title": line.product.title, "amount": str(line.product.price)}


def _invoice(invoice: Invoice) -> dict[str, template.Thing]:
    return {
        "key": invoice.key,
        "date": str(invoice.dated),
        "amount": str(invoice.amount),
        "due_on": str(invoice.due_on),
    }


def _subscription(one: Subscription) -> dict[str, template.Thing]:
    return {"title": one.title, "amount": str(one.price), "next_on": str(one.next_on)}
