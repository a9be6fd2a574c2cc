"""One customer, put together for the agent who has to know: profile, records, addresses, story."""

from typing import Any

from dryfly.conversations.story import Stories
from dryfly.customers.find import CustomerSearch
from dryfly.customers.image import Customers, Image
from dryfly.customers.model import AGENT_SIGHT, Field, Record
from dryfly.customers.show import kinds_seen
from dryfly.desk import customer_words as words
from dryfly.floor.model import ContactId, CustomerId, SiteId

RECORDS_SHOWN = 5  # of each kind, at first
RECORDS_PAGE = 50


class CustomerPages:
    """Reads for one site. Who may ask is decided by `Pages`."""

    def __init__(self, site: SiteId, customers: Customers, search: CustomerSearch, stories: Stories) -> None:
        self._site = site
        self._customers = customers
        self._search = search
        self._stories = stories

    async def panel(self, customer: CustomerId, contact: ContactId, level: int, seq: int) -> words.CustomerPanel:
        """As of number `seq`. `contact` is the one that is being read, which the story leaves out."""
        profile = await self._customers.profile(self._site, customer, AGENT_SIGHT)
        image = await self._customers.image(self._site)
        is_known = profile is not None and image is not None
        return words.CustomerPanel(
            customer=customer,
            name=(profile.name or "") if profile else "",
            identity_level=level,
            on_file=profile is not None,
            fields=_lines(profile.fields) if profile else (),
            addresses=await self._addresses(customer) if is_known else (),
            groups=await self._groups(customer, image) if is_known and image else (),
            image=_age(image) if image else None,
            story=await self.story(customer, contact, seq),
        )

    async def story(
        self, customer: CustomerId, contact: ContactId, seq: int, after: str | None = None
    ) -> words.StoryPage:
        return words.StoryPage(*await self._stories.read(customer, contact, seq, after))

    async def records(self, customer: CustomerId, kind: str, after: str | None) -> words.RecordGroup:
        """More records of one kind."""
        image = await self._customers.image(self._site)
        counts = await self._search.records_counts(self._site, customer)
        title = image.mapping.records[kind].label if image and kind in image.mapping.records else kind
        return await self._group(customer, kind, title, counts.get(kind, 0), after, RECORDS_PAGE)

    async def _groups(self, customer: CustomerId, image: Image) -> tuple[words.RecordGroup, ...]:
        counts = await self._search.records_counts(self._site, customer)
        seen, _ = kinds_seen(image.mapping, AGENT_SIGHT, None)
        labels = {kind: image.mapping.records[kind].label for kind in seen if kind in counts}
        return tuple(
            [
                await self._group(customer, kind, label, counts[kind], None, RECORDS_SHOWN)
                for kind, label in labels.items()
            ]
        )

    async def _group(
        self, customer: CustomerId, kind: str, title: str, count: int, after: str | None, limit: int
    ) -> words.RecordGroup:
        page = await self._customers.records(self._site, customer, kind, level=AGENT_SIGHT, after=after, limit=limit)
        return words.RecordGroup(kind, title, count, tuple(_record(record) for record in page.records), page.next)

    async def _addresses(self, customer: CustomerId) -> tuple[words.Address, ...]:
        found = await self._search.addresses(self._site, customer)
        return tuple(words.Address(address.kind, address.value) for address in found)


def _lines(fields: tuple[Field, ...]) -> tuple[words.FieldLine, ...]:
    return tuple(words.FieldLine(field.label, field.text, field.type) for field in fields)


def _record(record: Record) -> words.RecordLine:
    return words.RecordLine(
        kind=record.label,
        key=record.key,
        title="" if record.key in record.title else record.title,
        status=record.status_words or "",
        amount=_money(record.amount, record.currency),
        date=record.date or "",
        fields=_lines(record.fields),
        items=tuple(
            words.FieldLine(line.title, _money(line.amount, record.currency), "money") for line in record.lines
        ),
    )


def _money(amount: Any, currency: str | None) -> str:
    return "" if amount is None else f"{amount} {currency or ''}".rstrip()


def _age(image: Image) -> words.ImageAge:
    made = image.provenance
    return words.ImageAge(made.source, made.version, made.loaded_at, image.mapping.refresh_every_min)
