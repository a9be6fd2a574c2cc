"""What Fluggerbot & Co. sells, knows and announces: sixty things, help articles, campaigns."""

from decimal import Decimal
from typing import NamedTuple


class Product(NamedTuple):
    key: str
    title: str
    price: Decimal


_GOODS = """
Fluggerbot Pro 129.00|Fluggerbot Mini 79.00|Desk lamp 119.20|Floor lamp 149.00|Reading light 34.50|Lantern 58.00
Glass water bottle 47.84|Steel water bottle 39.90|Coffee grinder 96.00|Dripper 28.50|Tea kettle 64.00|Teapot 49.90
Mechanical keyboard 238.50|Trackball 89.00|Laptop stand 72.40|Monitor arm 134.00|Desk mat 42.00|Cable box 31.20
Wireless earbuds 159.00|Headphones 219.00|Bookshelf speaker 189.00|Record player 349.00|Radio 98.00|Metronome 45.00
Backpack 124.00|Messenger bag 108.00|Duffel bag 139.00|Wallet 56.00|Umbrella 44.90|Rain jacket 169.00
Wool blanket 132.00|Linen sheets 148.00|Feather pillow 69.00|Bath towel 32.00|Bathrobe 94.00|Slippers 38.00
Cast iron pan 88.00|Chef's knife 127.00|Cutting board 54.00|Mixing bowl 36.00|Bread tin 29.00|Apron 41.50
Hiking boots 198.00|Running shoes 142.00|Yoga mat 66.00|Jump rope 19.90|Tent 289.00|Sleeping bag 178.00
Wall clock 74.00|Alarm clock 52.00|Photo frame 27.00|Plant pot 33.00|Watering can 37.00|Garden shears 48.00
Notebook 18.00|Fountain pen 84.00|Pencil case 24.00|Tool box 112.00|Bicycle bell 16.50|Bicycle light 46.00
"""


def _products() -> tuple[Product, ...]:
    entries = [entry.rpartition(" ") for line in _GOODS.split("\n") if line for entry in line.split("|")]
    return tuple(Product(f"F{100 + i}", title, Decimal(price)) for i, (title, _, price) in enumerate(entries))


PRODUCTS = _products()

SUBSCRIPTIONS = (
    ("Coffee beans, one kilo a month", Decimal("24.00")),
    ("Tea, three tins a month", Decimal("21.50")),
    ("Refills for the Fluggerbot", Decimal("9.90")),
)

ARTICLES = (
    ("hours", "When we are here", "People answer every day from 8:00 to 20:00 UTC. The assistant answers always."),
    ("shipping", "Shipping", "Parcels take two to five working days. Shipping is free from $50, else it is $4.90."),
    ("returns", "Returns", "Everything can be returned within 30 days of its delivery. The label is free."),
    ("warranty", "Guarantee", "Everything has a guarantee of three years. We repair first, then replace."),
    ("payment", "Paying", "We take credit cards, PayPal, gift cards and bank transfer."),
    ("care", "Cleaning the Fluggerbot", "Wipe it with a damp cloth. Do not put it into water."),
    ("gift", "Gift cards", "Gift cards come by e-mail within minutes and never expire."),
    ("recycling", "Packaging", "Our boxes are cardboard without plastic. We take them back with any return."),
)


class Campaign(NamedTuple):
    key: str
    title: str
    days_ago: int  # when it went out
    lasts_days: int
    lift: float  # so many times the usual contacts while it is new
    needs: tuple[str, ...]  # what it makes people ask


CAMPAIGNS = (
    Campaign("season-mail", "The season mail: 15 % on lamps and blankets", 19, 3, 1.9, ("product_advice", "discount")),
    Campaign("late-parcels", "Apology: parcels of the north depot are late", 10, 2, 2.3, ("order_status",)),
    Campaign("free-returns", "Free returns, explained", 4, 2, 1.5, ("return_window", "return_items")),
)
