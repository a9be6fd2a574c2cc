"""What brings a customer: a need, and a record of theirs that it is about. Drawn by how often each need comes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from random import Random

from dryfly.demo.goods import CAMPAIGNS
from dryfly.demo.phrases import LINES, filled, mistyped
from dryfly.demo.shop import Customer, Invoice, Order, Shop, Subscription

SHARES = {
    "order_status": 30, "order_contents": 4, "invoice_amount": 8, "return_window": 8, "return_items": 14,
    "cancel_order": 6, "refund_status": 6, "subscription_next": 4, "subscription_change": 3, "opening_hours": 4,
    "shipping": 6, "warranty": 4, "payment_ways": 4, "product_advice": 8, "buying": 4, "complaint": 5, "leaving": 1,
    "asked_for_person": 5,
}  # fmt: skip
STATUSES = {  # of the order that the need is about
    "order_status": ("on_its_way", "packed", "ordered", "delivered"),
    "return_window": ("delivered",),
    "return_items": ("delivered",),
    "cancel_order": ("ordered", "packed"),
    "refund_status": ("returned", "refunded"),
    "complaint": ("delivered",),
}


@dataclass(frozen=True, slots=True)
class Case:
    need: str
    customer: Customer
    order: Order | None = None
    invoice: Invoice | None = None
    subscription: Subscription | None = None

    @property
    def item(self) -> str:
        return self.order.lines[0].product.title.lower() if self.order else "lamp"

    def fill(self, text: str, agent: str = "") -> str:
        order = self.order.key if self.order else "of yours"
        return filled(text, given=self.customer.given, order=order, item=self.item, agent=agent)

    def opening(self, random: Random) -> str:
        return mistyped(self.fill(random.choice(LINES[self.need].opens)), random)


@dataclass
class Cases:
    """Draws them from the shop's books."""

    shop: Shop
    random: Random
    _needs: tuple[str, ...] = field(default=tuple(SHARES), init=False)

    def draw(self, day: date | None = None, today: date | None = None) -> Case:
        """`day`, `today`: a campaign that was new on that day brings more of what it makes people ask."""
        shares = dict(SHARES)
        if day and today:
            for campaign in CAMPAIGNS:
                age = (today - day).days - campaign.days_ago
                if -campaign.lasts_days < age <= 0:
                    shares |= {need: 3 * shares[need] for need in campaign.needs if need in shares}
        return self.case_of(self.random.choices(self._needs, [shares[need] for need in self._needs])[0])

    def case_of(self, need: str) -> Case:
        if need == "invoice_amount":
            invoice = self.random.choice(self.shop.invoices)
            return Case(need, self._customers[invoice.customer], invoice=invoice)
        if need.startswith("subscription"):
            subscription = self.random.choice(self.shop.subscriptions)
            return Case(need, self._customers[subscription.customer], subscription=subscription)
        order = self.random.choice(self._orders_of(need))
        return Case(need, self._customers[order.customer], order=order)

    def _orders_of(self, need: str) -> Sequence[Order]:
        status = self.random.choice(STATUSES.get(need, ("delivered",)))
        return self._by_status.get(status) or self.shop.orders

    @cached_property
    def _customers(self) -> dict[str, Customer]:
        return {customer.key: customer for customer in self.shop.customers}

    @cached_property
    def _by_status(self) -> dict[str, list[Order]]:
        """Newest first of each status, and of those only the newest: nobody asks about last year's parcel."""
        found: dict[str, list[Order]] = {}
        for order in sorted(self.shop.orders, key=lambda order: order.ordered_on, reverse=True):
            found.setdefault(order.status, []).append(order)
        return {status: orders[:400] for status, orders in found.items()}
