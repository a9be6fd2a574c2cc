"""Which floor runs: the compiled one, if it is of these very sources and wanted."""

import sys
from pathlib import Path

import pytest

from dryfly.platform.compiled import COMPILED, SWITCH, choose_floor, fingerprint


@pytest.fixture
def rooms(tmp_path: Path) -> list[str]:
    floor = tmp_path / "dryfly" / "floor"
    floor.mkdir(parents=True)
    (floor / "decide.py").write_text("today")
    return [str(floor.parent)]


def install(folder: Path, sources: str, monkeypatch: pytest.MonkeyPatch) -> str:
    package = folder / COMPILED
    package.mkdir()
    (package / "__init__.py").write_text(f'SOURCES = "{sources}"')
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, COMPILED, raising=False)
    monkeypatch.delenv(SWITCH, raising=False)
    return str(package)


def test_without_a_compiled_one_it_is_plain(rooms: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, COMPILED, None)
    assert choose_floor(rooms) == "plain"
    assert len(rooms) == 1


def test_one_of_these_sources_comes_first(rooms: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = install(tmp_path, fingerprint(Path(rooms[0]) / "floor"), monkeypatch)
    assert choose_floor(rooms) == "compiled"
    assert rooms[0] == package


def test_one_of_other_sources_is_left_alone_and_told(
    rooms: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, fingerprint(Path(rooms[0]) / "floor"), monkeypatch)
    (Path(rooms[0]) / "floor" / "decide.py").write_text("tomorrow")
    assert choose_floor(rooms) == "outdated"
    assert len(rooms) == 1


def test_it_is_plain_where_the_environment_says_so(
    rooms: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, fingerprint(Path(rooms[0]) / "floor"), monkeypatch)
    monkeypatch.setenv(SWITCH, "plain")
    assert choose_floor(rooms) == "plain"
    assert len(rooms) == 1
