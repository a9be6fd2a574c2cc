"""The customer image as bot and letters ask for it: rooms that do not know each other meet here."""

from dryfly.bot import model as bot
from dryfly.channels.web.words import WhoTalked
from dryfly.customers.image import Customers
from dryfly.customers.model import Field, FieldType, IdentityLevel, Line, Profile, Recognition, Record
from dryfly.floor.model import ContactId, CustomerId, CustomerIdentified, SiteId
from dryfly.ledger import read_events
from dryfly.platform.database import Database

AS_ON_FILE = (FieldType.MONEY, FieldType.NUMBER)  # the sentence around it brings the currency
SEQ_MAX = 2**62
PROOFS = {"email": "e-mail", "name_postcode": "name and postcode", "order_number": "order number", "phone": "telephone"}


class ImageLookup:
    """Implements `bot.CustomerLookup` for one site."""

    def __init__(self, customers: Customers, site: SiteId) -> None:
        self._customers = customers
        self._site = site

    async def recognise(self, text: str, before: bot.Knowledge) -> bot.Knowledge:
        """Who is there once `text` is said too. Somebody known does not become somebody else within a contact."""
        recognition = await self._customers.recognise(self._site, text) if text else None
        customer, level, proof = before.customer, before.level, before.proof
        if recognition is not None and _says_more(recognition, customer, level):
            customer, level = recognition.customer, int(recognition.level)
            proof = PROOFS.get(recognition.matches[0].by, recognition.matches[0].by)
        if customer is None:
            return bot.Knowledge(claimed_unknown=_claims_nobody(recognition))
        return await self._knowledge(customer, level, proof)

    async def _knowledge(self, customer: CustomerId, level: int, proof: str) -> bot.Knowledge:
        profile = await self._customers.profile(self._site, customer, level)
        if profile is None:  # gone with a refresh, or erased: whoever it was, we know nobody
            return bot.Knowledge()
        page = await self._customers.records(self._site, customer, level=level)
        return bot.Knowledge(
            customer=customer,
            level=level,
            proof=proof,
            name=profile.name or "",
            profile={field.key: _text(field) for field in profile.fields},
            records=tuple(_record(record) for record in page.records),
            source=_source(profile),
        )


async def who_talked(db: Database, customers: Customers, site: SiteId, contact: ContactId) -> WhoTalked:
    """Whom the contact was last known to be with, open or closed. Only a proved customer has an address here."""
    async with db.site(site) as conn:
        known = await read_events(conn, site, contact, [CustomerIdentified], 0, SEQ_MAX, 1)
    event = known[-1].event if known else None
    if not isinstance(event, CustomerIdentified):
        return WhoTalked()
    if event.level < IdentityLevel.PROVED:
        return WhoTalked(event.customer)
    profile = await customers.profile(site, event.customer, event.level)
    fields = profile.fields if profile else ()
    addresses = [field.values[0] for field in fields if field.type is FieldType.EMAIL]
    return WhoTalked(event.customer, True, addresses[0] if addresses else "")


def _says_more(said: Recognition, customer: CustomerId | None, level: int) -> bool:
    return said.customer is not None and (customer is None or (said.customer == customer and said.level > level))


def _claims_nobody(recognition: Recognition | None) -> bool:
    return recognition is not None and bool(recognition.said) and recognition.customer is None


def _source(profile: Profile) -> bot.Source:
    made = profile.provenance
    return bot.Source(made.source, made.version, made.loaded_at)


def _text(field: Field) -> str:
    return ", ".join(field.values if field.type in AS_ON_FILE else field.words)


def _record(record: Record) -> bot.Record:
    fields = {field.key: _text(field) for field in record.fields}
    told = {
        "status": record.status,
        "amount": _plain(record.amount),
        "title": record.title,
        "currency": record.currency,
    }
    return bot.Record(
        record.kind,
        record.key,
        {**fields, **{key: value for key, value in told.items() if value}},
        tuple(_line(line) for line in record.lines),
        record.date or "",
    )


def _line(line: Line) -> dict[str, str]:
    told = {"title": line.title, "amount": _plain(line.amount), "quantity": _plain(line.quantity)}
    return {
        **{field.key: _text(field) for field in line.fields},
        **{key: value for key, value in told.items() if value},
    }


def _plain(number: object) -> str | None:
    return None if number is None else str(number)
