"""The words that browsers share with the server, as one OpenAPI document: `python -m dryfly.service.types`.

Every frame of both sockets and every page of the HTTP face is a component; `web/words` makes its TypeScript
types from them. Nothing is started for this. Where two rooms use one name, the room's stands before it
(`DeskHello`, `WidgetHello`). What the server says carries every field, since msgspec leaves none out; what a
client asks may leave out what has a default.
"""

import sys
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from dryfly.channels.web import words as widget
from dryfly.channels.web.invitations import InvitationResult
from dryfly.desk import customer_words, floor_words, helping, routing_words
from dryfly.desk import words as desk
from dryfly.insight import words as insight
from dryfly.platform.frames import ErrorBody
from dryfly.service.mail_test import MailTested
from dryfly.service.setup_status import SetupStatus
from dryfly.service.trying import AskTrial, Trial
from dryfly.setup import model as setup
from dryfly.setup.advice import Finding
from dryfly.setup.api import TreeDifference
from dryfly.setup.closings import AskClosing, Closing
from dryfly.setup.edits import Blanks
from dryfly.setup.holidays import HolidaysShown
from dryfly.setup.people_files import PeopleFileRead
from dryfly.walk import words as walk

Schema = dict[str, Any]

TOLD: dict[str, Any] = {
    "ToDesk": desk.ToDesk,
    "ToWidget": widget.ToWidget,
    "SignedIn": setup.SignedIn,
    "SitePlace": setup.SitePlace,
    "TalkPage": desk.TalkPage,
    "MessagesPage": desk.MessagesPage,
    "CustomerPanel": customer_words.CustomerPanel,
    "StoryPage": customer_words.StoryPage,
    "RecordGroup": customer_words.RecordGroup,
    "SearchPage": customer_words.SearchPage,
    "RoutingPage": routing_words.RoutingPage,
    "Replies": helping.Replies,
    "Suggestions": helping.Suggestions,
    "LookPage": widget.LookPage,
    "Transcript": widget.Transcript,
    "LetterOffer": widget.LetterOffer,
    "LetterAsked": widget.LetterAsked,
    "CallAsked": widget.CallAsked,
    "CallChoices": widget.CallChoices,
    "CallPage": desk.CallPage,
    "CallSlots": desk.CallSlots,
    "MailTested": MailTested,
    "InvitationResult": InvitationResult,
    "Report": insight.Report,
    "ReportContacts": insight.ReportContacts,
    "Measure": insight.Measure,
    "WalkPage": walk.WalkPage,
    "ErrorBody": ErrorBody,
    "SetupStatus": SetupStatus,
    "Trial": Trial,
    "Catalogue": setup.Catalogue,
    "Blanks": Blanks,
    "Person": setup.Person,
    "PersonMade": setup.PersonMade,
    "AuditLine": setup.AuditLine,
    "TreeDifference": TreeDifference,
    "Finding": Finding,
    "HolidaysShown": HolidaysShown,
    "Closing": Closing,
    "PeopleFileRead": PeopleFileRead,
}
ASKED: dict[str, Any] = {
    "FromDesk": desk.FromDesk,
    "FromWidget": widget.FromWidget,
    "AskLetter": widget.AskLetter,
    "AskCall": widget.AskCall,
    "AskTrial": AskTrial,
    "SignIn": setup.SignIn,
    "AskClosing": AskClosing,
}
SETUP = ("dryfly.setup.model", "dryfly.setup.look", "dryfly.setup.hours", "dryfly.setup.alerts")
DESK = (desk.__name__, floor_words.__name__)
ROOMS = {widget.__name__: "Widget", **dict.fromkeys(DESK, "Desk"), **dict.fromkeys(SETUP, "Setup")}
REF = "#/components/schemas/"


def document(http: Mapping[str, Any] | None = None) -> Schema:
    """The whole document. `http`: the OpenAPI schema of the running application, whose paths are added."""
    components = _components()
    for name in _reachable(components, TOLD):
        schema = components[name]
        if "properties" in schema:
            schema["required"] = sorted(schema["properties"])
    added = (http or {}).get("components", {}).get("schemas", {})
    return {
        "openapi": "3.1.0",
        "info": {"title": "Dryfly", "version": "1"},
        "paths": dict((http or {}).get("paths", {})),
        "components": {"schemas": {**added, **components}},
    }


def _components() -> Schema:
    named = {**TOLD, **ASKED}
    schemas, components = msgspec.json.schema_components(named.values(), ref_template=REF + "{name}")
    unions = {name: schema for name, schema in zip(named, schemas, strict=True) if "$ref" not in schema}
    names = _short_names(components)
    return {names.get(name, name): _tidy(schema, names) for name, schema in {**components, **unions}.items()}


def _short_names(components: Mapping[str, Any]) -> dict[str, str]:
    """What msgspec calls by the whole path of its module, called by its room. A frame gives way to a struct."""
    names = {}
    for name in components:
        module, _, short = name.rpartition(".")
        names[name] = ROOMS[module] + short if module else short
        if module and names[name] in components:
            names[name] += "Frame"
    return names


def _tidy(schema: Any, names: Mapping[str, str]) -> Any:
    """References by the short names; no discriminators: each member of a union names its own tag."""
    if isinstance(schema, list):
        return [_tidy(item, names) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return {"$ref": REF + names[schema["$ref"].removeprefix(REF)]}
    return {key: _tidy(value, names) for key, value in schema.items() if key != "discriminator"}


def _reachable(components: Schema, roots: Iterable[str]) -> set[str]:
    found: set[str] = set()
    open_names = list(roots)
    while open_names:
        name = open_names.pop()
        if name not in found:
            found.add(name)
            open_names.extend(_references(components[name]))
    return found


def _references(schema: Any) -> Iterable[str]:
    if isinstance(schema, list):
        for item in schema:
            yield from _references(item)
    elif isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].removeprefix(REF)
        for value in schema.values():
            yield from _references(value)


def main() -> None:
    text = msgspec.json.format(msgspec.json.encode(document(), order="sorted"), indent=1)
    sys.stdout.write(text.decode() + "\n")


if __name__ == "__main__":
    main()
