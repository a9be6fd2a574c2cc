"""How browsers keep what the pages are made of: files named by their content for good, those that name them never."""

from pathlib import Path

from litestar import Litestar
from litestar.testing import TestClient

from dryfly.service.http import page_routes


def the_pages(web: Path) -> TestClient[Litestar]:
    for part, name in (("console", "index.html"), ("console", "assets/page-B1.js"), ("widget", "assets/panel-C2.js")):
        file = web / part / "dist" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("// what is in it")
    return TestClient(Litestar(page_routes(web)))


def test_a_file_named_by_its_content_is_fetched_once(tmp_path: Path) -> None:
    with the_pages(tmp_path) as client:
        for path in ("/desk/assets/page-B1.js", "/widget/assets/panel-C2.js"):
            assert client.get(path).headers["cache-control"] == "public, max-age=31536000, immutable"


def test_the_page_that_names_them_is_asked_for_each_time(tmp_path: Path) -> None:
    with the_pages(tmp_path) as client:
        for path in ("/desk", "/desk/", "/desk/index.html"):
            assert client.get(path).headers["cache-control"] == "no-cache"


def test_a_file_that_is_not_there_may_come_later(tmp_path: Path) -> None:
    with the_pages(tmp_path) as client:
        answer = client.get("/desk/assets/page-B2.js")
        assert answer.status_code == 404
        assert "cache-control" not in answer.headers
