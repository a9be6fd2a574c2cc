"""The HTTP face of all rooms, put together: API, pages, probes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from litestar import Litestar, Request, Response, get
from litestar.config.compression import CompressionConfig
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.static_files import create_static_files_router

import dryfly
from dryfly.channels.web.api import invitations_router, widget_routers
from dryfly.conversations.store import Conversations
from dryfly.desk.api import calling_router, desk_router, helping_router
from dryfly.desk.routing_api import routing_router
from dryfly.desk.search_api import knowing_router
from dryfly.floor.model import SiteId
from dryfly.insight.api import PACKED, reports_router
from dryfly.platform.http import ERROR_HANDLERS, Edge, operator_routes
from dryfly.platform.telemetry import Health, Metrics
from dryfly.service.app import Application
from dryfly.service.cross_origin import WidgetFiles
from dryfly.service.erasing import erasing_router
from dryfly.service.mail_test import mail_router
from dryfly.service.opening_api import opening_router
from dryfly.service.server import Server
from dryfly.service.setup_status import status_router
from dryfly.service.trying import Trials, trial_router
from dryfly.service.ways import Ways
from dryfly.setup.api import setup_router
from dryfly.setup.session_api import session_router
from dryfly.walk.api import walk_router
from dryfly.walk.running import Walks

Req = Request[Any, Any, Any]

REQUEST_BYTES_MAX = 10_000_000
ANY_ORIGIN = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}


def application(
    server: Server,
    health: Health | None = None,
    metrics: Metrics | None = None,
    request_bytes_max: int = REQUEST_BYTES_MAX,
    more_routes: Sequence[HTTPRouteHandler] = (),
) -> Application:
    """What the web server runs. `more_routes`: of something that runs beside the server, such as the demo."""
    metrics = metrics or Metrics()
    http = http_face(server, health or Health(), metrics, request_bytes_max, more_routes)
    files = WidgetFiles(http, lambda site: server.sites.seen(SiteId(site)).site.origins)  # type: ignore[arg-type]
    return Application(server, Edge(files, server.clock, metrics))  # type: ignore[arg-type]


def http_face(
    server: Server,
    health: Health,
    metrics: Metrics,
    request_bytes_max: int,
    more_routes: Sequence[HTTPRouteHandler] = (),
) -> Litestar:
    ways = Ways(server)
    conversations = Conversations(server.db, server.sites.shown_name)
    return Litestar(
        route_handlers=[
            *operator_routes(health, metrics),
            session_router(server.sites, server.sessions, server.sign_ins),
            setup_router(server.sites, server.people, server.sessions),
            opening_router(server.sessions, ways.openings, server.clock),
            trial_router(server.sessions, Trials(server.db, server.sites, server.clock)),
            status_router(server.db, server.sessions, server.mailer),
            mail_router(server.db, server.sessions, server.clock, server.mailer),
            desk_router(ways.somebody, ways.pages, conversations, server.clock),
            helping_router(ways.somebody, ways.pages, ways.helping),
            calling_router(ways.somebody, ways.calling),
            knowing_router(ways.somebody, ways.reading),
            routing_router(ways.somebody, ways.routing),
            *widget_routers(ways.widget, conversations, server.clock),
            invitations_router(ways.supervised_widget),
            reports_router(ways.somebody, server.reports, server.sites.catalogue, server.clock),
            erasing_router(ways.administrator, server.erasing),
            walk_router(ways.supervised, Walks(server.clock, server.mark_test)),
            *more_routes,
            *page_routes(web_folder()),
        ],
        exception_handlers=ERROR_HANDLERS,
        logging_config=None,
        compression_config=CompressionConfig(backend="gzip", minimum_size=1_000, exclude_opt_key=PACKED),
        openapi_config=OpenAPIConfig(title="Dryfly", version=dryfly.__version__, path="/api/schema"),
        request_max_body_size=request_bytes_max,
    )


# ---- pages -------------------------------------------------------------------------------------

# Kept as they are, and with what the browser compiled from them: changed files have other names.
NAMED_BY_CONTENT = {"cache-control": "public, max-age=31536000, immutable"}
ASKED_EACH_TIME = {"cache-control": "no-cache"}  # they name the files of today


def web_folder() -> Path:
    """The built web parts: inside an installed package, or in the checkout."""
    packaged = Path(dryfly.__file__).parent / "web"
    return packaged if packaged.is_dir() else Path(dryfly.__file__).parents[2] / "web"


def page_routes(web: Path) -> list[Any]:
    """The console below /desk/, the widget's script for everybody's pages, and a page to try it on."""
    console, widget, demo = web / "console" / "dist", web / "widget" / "dist", web / "demo-page"

    @get("/widget.js", include_in_schema=False)
    async def widget_script() -> Response[bytes]:
        return _script(widget / "widget.js", max_age_s=300)

    routes: list[Any] = []
    if (widget / "widget.js").is_file():
        routes.append(widget_script)
    if (widget / "assets").is_dir():
        routes.append(_files("/widget/assets", widget / "assets", headers={**ANY_ORIGIN, **NAMED_BY_CONTENT}))
    if (console / "assets").is_dir():
        routes.append(_files("/desk/assets", console / "assets", headers=NAMED_BY_CONTENT))
        routes.append(_files("/desk", console, html=True, headers=ASKED_EACH_TIME))
    if demo.is_dir():
        routes.append(_files("/", demo, html=True, headers=ASKED_EACH_TIME))
    return routes


def _script(path: Path, max_age_s: int) -> Response[bytes]:
    headers = {**ANY_ORIGIN, "cache-control": f"public, max-age={max_age_s}"}
    return Response(path.read_bytes(), media_type="text/javascript", headers=headers)


def _files(path: str, folder: Path, *, html: bool = False, headers: dict[str, str] | None = None) -> Any:
    def dress(response: Response[Any]) -> Response[Any]:
        response.headers.update(headers or {})
        return response

    return create_static_files_router(
        path=path, directories=[folder], html_mode=html, include_in_schema=False, after_request=dress
    )
