"""Public holidays of a country, or of a part of it, from the package `holidays`.

The package is read when it is first asked for: many sites never do.
"""

from datetime import date
from functools import cache, lru_cache

import msgspec

AHEAD_MAX = 20
KEPT_MAX = 500


class PublicHolidays(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose: a country (ISO 3166-1, "AT"), and perhaps a part of it that has some of its own ("9")."""

    country: str
    part: str = ""


class Holiday(msgspec.Struct, frozen=True):
    date: str
    name: str


class HolidaysShown(msgspec.Struct, frozen=True):
    """For whoever chooses: all countries, the chosen one's parts with their names, and its next holidays."""

    countries: list[str]
    parts: dict[str, str]
    ahead: list[Holiday]


def holidays_shown(wanted: PublicHolidays, day: date) -> HolidaysShown:
    return HolidaysShown(list(_places()), _parts(wanted.country), _ahead(wanted, day))


def is_known(wanted: PublicHolidays) -> bool:
    parts = _places().get(wanted.country)
    return parts is not None and (not wanted.part or wanted.part in parts)


@lru_cache(KEPT_MAX)
def holidays_of(wanted: PublicHolidays, year: int) -> dict[date, str]:
    """By date, with their English names where the package has them. None for a place that is not known."""
    if not is_known(wanted):
        return {}
    import holidays

    part = wanted.part or None
    return dict(holidays.country_holidays(wanted.country, subdiv=part, years=year, language="en_US").items())


@cache
def _places() -> dict[str, list[str]]:
    from holidays.utils import list_supported_countries

    return dict(sorted(list_supported_countries(include_aliases=False).items()))


@lru_cache(KEPT_MAX)
def _parts(country: str) -> dict[str, str]:
    """Codes with names; of several names for one code, the longest says most."""
    if not _places().get(country):
        return {}
    import holidays

    names = {part: part for part in _places()[country]}
    for name, part in getattr(holidays.country_holidays(country), "subdivisions_aliases", {}).items():
        names[part] = max(names[part], name, key=len)
    return names


def _ahead(wanted: PublicHolidays, day: date) -> list[Holiday]:
    dates = {**holidays_of(wanted, day.year), **holidays_of(wanted, day.year + 1)}
    return [Holiday(when.isoformat(), name) for when, name in sorted(dates.items()) if when >= day][:AHEAD_MAX]
