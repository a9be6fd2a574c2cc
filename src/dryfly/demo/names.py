"""Names and places of people who do not exist. Numbers are from the ranges kept for films and manuals."""

from dataclasses import dataclass
from random import Random


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GIVEN = _words("""
Amara Chidi Ngozi Emeka Zola Thabo Lerato Kwame Esi Kofi Abebe Selam Tadesse Wanjiru Otieno Aarav Ananya
Ishaan Kavya Rohan Meera Arjun Priya Farhan Ayesha Imran Sana Nimal Dilini Haruto Yui Sakura Ren Aoi Min-jun
Seo-yeon Ji-ho Li Mei Wei Xiu Tuan Linh Minh Hoa Putri Budi Sari Malai Noor Omar Layla Yusuf Samira Karim
Zeynep Emre Elif Mehmet Darya Arash Leila Navid Miriam Avi Yael Anna Lukas Hannah Jonas Marie Felix Greta Bram
Sanne Daan Astrid Nils Ingrid Lars Freja Emil Aino Eero Camille Luc Élodie Mathieu Chloé Rémi Giulia Matteo
Chiara Luca Sofía Mateo Lucía Diego Inês Tiago Beatriz João Olga Pavel Katya Dmitri Zuzanna Jakub Petra Ondřej
Ioana Andrei Milica Nikola Eleni Kostas Grace Oliver Amelia Jack Isla Noah Saoirse Cillian Ffion Rhys Maya
Ethan Harper Caleb Naomi Elijah Valentina Santiago Camila Joaquín Luana Caio Talia Kahu Aroha Tane Leilani
Keanu
""")
FAMILY = _words("""
Okafor Adeyemi Mensah Boateng Dlamini Nkosi Tesfaye Bekele Kamau Odhiambo Sharma Iyer Patel Reddy Banerjee
Khan Qureshi Perera Fernando Tanaka Suzuki Mori Kim Park Choi Chen Zhang Liu Nguyen Tran Pham Wijaya Santoso
Suwan Haddad Nasser Rahman Yilmaz Kaya Demir Rostami Karimi Levi Mizrahi Berg Weber Schneider Vogel Brandt
Jansen Bakker Visser Lindqvist Holm Nyberg Dahl Virtanen Laine Moreau Lefèvre Girard Rossi Conti Greco García
Navarro Ortega Silva Carvalho Pereira Ivanova Petrov Kowalski Nowak Novák Dvořák Popescu Jovanović Papadakis
Hughes Walsh Doyle Fraser Evans Bennett Clarke Brooks Coleman Foster Grant Hayes Rojas Castillo Mendoza
Tavares Ngata Parata Kealoha
""")

_STREETS = ("Mill", "Orchard", "Harbour", "Linden", "Station", "Meadow", "Castle", "Willow", "Market", "River")
_SYLLABLES = ("Al", "Bren", "Cor", "Dal", "El", "Fenn", "Gar", "Hol", "Ister", "Kel", "Lor", "Mar", "Nor", "Os", "Pel")
_TOWN_ENDS = {"US": ("ville", "field", "port"), "GB": ("ham", "bury", "ford"), "DE": ("hausen", "berg", "stedt"),
              "FR": ("ville", "mont", "court"), "SE": ("stad", "köping", "vik"), "NL": ("dam", "wijk", "drecht"),
              "AU": ("ton", "bay", "dale"), "ES": ("illa", "era", "osa")}  # fmt: skip
_COUNTRIES = ("US", "US", "US", "GB", "GB", "DE", "DE", "FR", "SE", "NL", "AU", "ES")
_STREET_FORMS = {"DE": "{}straße {n}", "FR": "{n} rue {}", "ES": "Calle {} {n}", "NL": "{}weg {n}", "SE": "{}gatan {n}"}
_PHONES = {"US": "+1 {area} 555 01{nn:02}", "GB": "+44 7700 900{nnn:03}", "FR": "+33 1 99 00 {nn:02} {mm:02}",
           "DE": "+49 30 23125 {nnn:03}", "SE": "+46 8 465 004 {nn:02}", "AU": "+61 491 570 {nnn:03}"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    street: str
    city: str
    postcode: str
    country: str


def name_of(random: Random) -> tuple[str, str]:
    return random.choice(GIVEN), random.choice(FAMILY)


def address_of(random: Random) -> Address:
    country = random.choice(_COUNTRIES)
    street = _STREET_FORMS.get(country, "{n} {} Street").format(random.choice(_STREETS), n=random.randint(1, 180))
    city = random.choice(_SYLLABLES) + random.choice(_TOWN_ENDS[country])
    return Address(street, city, _postcode(random, country), country)


def _postcode(random: Random, country: str) -> str:
    number = random.randint(10_000, 98_999)
    letters = "".join(random.choice("BCDEFGHJLN") for _ in range(4))
    match country:
        case "GB":
            return f"{letters[:2]}{number % 90 + 1} {number % 9 + 1}{letters[2:]}"
        case "NL":
            return f"{number // 10} {letters[:2]}"
        case "AU":
            return str(number // 10)
        case _:
            return str(number)


def phone_of(random: Random, country: str) -> str:
    """Empty where the country keeps no numbers for people who do not exist."""
    form = _PHONES.get(country, "")
    numbers = {"area": random.randint(201, 989), "nn": random.randint(0, 99), "mm": random.randint(0, 99)}
    return form.format(**numbers, nnn=random.randint(0, 999))
