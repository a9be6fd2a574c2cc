"""The tour's pages: what to try in ten minutes, the shop as one of its customers, and a way in without a password.

Whoever opens the tour may be anybody in it. So the ways in work only where the server is reached by a loopback name
from this machine; elsewhere the visitor signs in with the passwords that were printed.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from joserfc import jwt
from joserfc.jwk import OctKey
from litestar import MediaType, Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery

from dryfly.demo.company import LOGIN_KEY, PEOPLE, SITE
from dryfly.demo.founding import Founded
from dryfly.demo.goods import PRODUCTS
from dryfly.demo.people import Crew
from dryfly.demo.shop import Customer, Order
from dryfly.platform.errors import CallerError
from dryfly.platform.security import header_of
from dryfly.setup.sessions import set_cookie

LOGIN_S = 600
TWINS = {"localhost": "127.0.0.1", "127.0.0.1": "localhost"}  # two names of this machine: a browser's cookies differ
NO_STORE = {"cache-control": "no-store"}
PAGES = {"agent": "/desk/", "supervisor": "/desk/#/floor", "administrator": "/desk/#/setup"}
THINGS_SHOWN = 12
STATUS_WORDS = {"on_its_way": "on its way"}

Req = Request[Any, Any, Any]


@dataclass
class Tour:
    """`is_local`: the server listens to this machine alone."""

    founded: Callable[[], Founded]
    crew: Callable[[], Crew]
    is_local: bool
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def routes(self) -> list[HTTPRouteHandler]:
        @get("/tour", include_in_schema=False, media_type=MediaType.HTML)
        async def tour(request: Req) -> Response[str]:
            return _page(self.tour_page(request))

        @get("/tour/shop", include_in_schema=False, media_type=MediaType.HTML)
        async def strangers_shop() -> Response[str]:
            return _page(self.shop_page(None))

        @get("/tour/shop/{account:str}", include_in_schema=False, media_type=MediaType.HTML)
        async def shop(request: Req, account: FromPath[str]) -> Response[str]:
            self._require_here(request)
            return _page(self.shop_page(self._customer(account)))

        @get("/tour/enter/{who:str}", include_in_schema=False)
        async def enter(request: Req, who: FromPath[str], key: FromQuery[str] = "") -> Response[None]:
            return await self.enter(request, who, key)

        return [tour, strangers_shop, shop, enter]

    # ---- pages -----------------------------------------------------------------------------------

    def tour_page(self, request: Req) -> str:
        waiting, returning = self._known_customers()
        name, _, port = request.headers.get("host", "").partition(":")
        order, account = waiting[1], waiting[0]
        values = {
            "given": account.given, "family": account.family, "account": account.key, "order": order.key,
            "other_email": returning[0].email, "item": returning[1].lines[0].product.title.lower(),
            "key": self.key if self._is_here(request) else "",
            "other_base": f"http://{TWINS[name]}:{port}" if name in TWINS and port else "",
        }  # fmt: skip
        return _template("tour.html").substitute({key: escape(value) for key, value in values.items()})

    def shop_page(self, customer: Customer | None) -> str:
        things = "".join(f"<li><b>{escape(p.title)}</b><span>${p.price}</span></li>" for p in PRODUCTS[:THINGS_SHOWN])
        if customer is None:
            greeting = "A small shop that exists to be asked. Write to us with the button below."
            return _template("shop.html").substitute(greeting=greeting, orders="", things=things, login="")
        orders = [order for order in self.founded().shop.orders if order.customer == customer.key]
        login = f'data-login="{escape(self.login_token(customer))}"'
        greeting = escape(f"Good to see you, {customer.given}. Write to us with the button below.")
        return _template("shop.html").substitute(greeting=greeting, orders=_table(orders), things=things, login=login)

    def login_token(self, customer: Customer) -> str:
        """As a shop's own server would sign it (docs/guide/widget.md)."""
        now = int(time.time())
        claims = {"aud": SITE, "sub": customer.key, "iat": now, "exp": now + LOGIN_S, "jti": secrets.token_urlsafe(16)}
        header = {"alg": "HS256", "kid": LOGIN_KEY}
        return jwt.encode(header, claims, OctKey.import_key(self.founded().secret))

    def _known_customers(self) -> tuple[tuple[Customer, Order], tuple[Customer, Order]]:
        """Somebody whose only order is on its way, and somebody whose only one was delivered a while ago."""
        return self._whose("on_its_way"), self._whose("delivered")

    def _whose(self, status: str) -> tuple[Customer, Order]:
        shop = self.founded().shop
        orders: dict[str, list[Order]] = {}
        for order in sorted(shop.orders, key=lambda order: order.ordered_on, reverse=True):
            orders.setdefault(order.customer, []).append(order)
        single = [own[0] for own in orders.values() if len(own) == 1 and own[0].status == status]
        return self._customer(single[0].customer), single[0]

    def _customer(self, account: str) -> Customer:
        found = next((one for one in self.founded().shop.customers if one.key == account), None)
        if found is None:
            raise CallerError("customer_exists_not", "The demo has no such customer.", status=404)
        return found

    # ---- the way in ------------------------------------------------------------------------------

    async def enter(self, request: Req, who: str, key: str) -> Response[None]:
        """Signs the visitor in as one of the demo's people. The key is on the tour's page of this start."""
        self._require_here(request)
        if who not in PEOPLE or not secrets.compare_digest(key.encode(), self.key.encode()):
            raise CallerError("tour_key_wrong", "Open the tour again: this link is of an earlier start.", status=403)
        cookie = set_cookie(await self.crew().enter(who), request.scope)
        return Response(None, status_code=303, headers={**NO_STORE, "set-cookie": cookie, "location": PAGES[who]})

    def _require_here(self, request: Req) -> None:
        if not self._is_here(request):
            text = "This link works on the demo's own machine. Sign in with the passwords that were printed there."
            raise CallerError("tour_not_here", text, status=403)

    def _is_here(self, request: Req) -> bool:
        """By a loopback name (a foreign page that points a name of its own here is refused), from this machine."""
        name = (header_of(request.scope, "host") or "").rpartition(":")[0]
        client = request.scope.get("client")
        return self.is_local and name in TWINS and client is not None and client[0] == "127.0.0.1"


def _template(name: str) -> Template:
    return Template(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def _page(html: str) -> Response[str]:
    return Response(html, media_type=MediaType.HTML, headers=NO_STORE)


def _table(orders: list[Order]) -> str:
    rows = "".join(
        f"<tr><td>{order.key}</td><td>{order.ordered_on}</td><td>{escape(_titles(order))}</td>"
        f"<td>{STATUS_WORDS.get(order.status, order.status)}</td></tr>"
        for order in orders
    )
    head = "<tr><th>Order</th><th>Of</th><th>What</th><th>Now</th></tr>"
    return f'<section><h2>Your orders</h2><table class="orders">{head}{rows}</table></section>' if orders else ""


def _titles(order: Order) -> str:
    return ", ".join(line.product.title for line in order.lines)
