"""The docs say what is: links lead somewhere, tables are complete, examples work, and no machine is named."""

import ast
import json
import re
from base64 import urlsafe_b64decode
from pathlib import Path
from urllib.parse import unquote

import pytest

from dryfly.bot.model import Reason, SignalKind
from dryfly.bot.playbook_file import parse_playbook
from dryfly.customers.mapping_file import parse_mapping
from dryfly.platform import sockets
from dryfly.platform.settings import PREFIX, Settings
from dryfly.setup import logins
from dryfly.setup.model import LoginAlgorithm, LoginKey, Site
from tests.journeys.test_setup import PICTURED as SETUP_PICTURED

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guide"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```", re.DOTALL)
MACHINE = re.compile(r"/work/|/root/|/home/|/opt/|/tmp/|(?:\d{1,3}\.){3}\d{1,3}")
FREE_ADDRESSES = {"127.0.0.1", "0.0.0.0"}  # everybody's own machine, all of its networks


# The journeys take them, and say so where one is missing.
PICTURES = {
    f"{name}.png"
    for journey in sorted((ROOT / "tests" / "journeys").glob("test_*.py"))
    for name in re.findall(r"""await picture\([^"\n]*"([\w-]+)\"""", journey.read_text(encoding="utf-8"))
} | {f"{name}.png" for name in SETUP_PICTURED.values()}


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def guide(name: str) -> str:
    return read(GUIDE / name)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


# ---- every page --------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    targets = [unquote(link.split("#")[0]) for link in LINK.findall(CODE.sub("", read(page)))]
    local = [target for target in targets if target and "://" not in target and Path(target).name not in PICTURES]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_machine_is_named(page: Path) -> None:
    assert set(MACHINE.findall(read(page))) - FREE_ADDRESSES == set()


def test_each_picture_that_is_taken_is_shown_and_says_what_to_see() -> None:
    shown = re.findall(r"!\[([^\]]*)\]\(\.\./pictures/([^)]+)\)", "".join(read(page) for page in GUIDE.glob("*.md")))
    assert len(PICTURES) > 20
    assert PICTURES - {name for _, name in shown} == set()
    assert [name for text, name in shown if len(text.split()) < 6] == []


def test_each_guide_is_found_from_the_readme() -> None:
    links = LINK.findall(read(ROOT / "README.md"))
    assert [page.name for page in GUIDE.glob("*.md") if f"docs/guide/{page.name}" not in links] == []


def test_the_readmes_commands_are_commands() -> None:
    known = set(re.findall(r"^([a-z]+)  ", ast.get_docstring(ast.parse(read(ROOT / "tools/__main__.py"))) or "", re.M))
    known |= {"test", "bench", "backup"}
    told = {word for page in PAGES for word in re.findall(r"\./dryfly ([a-z]+)", read(page))}
    assert told - known == set()


@pytest.mark.parametrize("page", sorted((ROOT / "docs/decisions").glob("*.md")), ids=name_of)
def test_a_decision_takes_about_forty_lines(page: Path) -> None:
    assert len(read(page).splitlines()) <= 45


# ---- tables ------------------------------------------------------------------------------------


@pytest.mark.parametrize("setting", Settings.__struct_fields__)
def test_each_setting_is_told_with_its_default(setting: str) -> None:
    row = re.search(rf"^\| `{setting}` \| `{PREFIX}{setting.upper()}` \| ([^|]+) \|", guide("operating.md"), re.M)
    assert row is not None, f"{setting} is missing in operating.md"
    default = getattr(Settings(), setting)
    assert row[1].strip("` ") == ("none" if default is None else str(default))


def test_no_setting_is_told_that_is_not_there() -> None:
    told = re.findall(rf"^\| `(\w+)` \| `{PREFIX}\w+` \|", guide("operating.md"), re.M)
    assert sorted(told) == sorted(Settings.__struct_fields__)


def test_each_metric_is_told() -> None:
    made = re.compile(r"metrics\.(counter|gauge|seconds)\(\s*\"(\w+)\"")
    source = "".join(read(file) for file in (ROOT / "src/dryfly").rglob("*.py"))
    names = {f"dryfly_{name}{'_seconds' if kind == 'seconds' else ''}" for kind, name in made.findall(source)}
    assert set(re.findall(r"^\| `(dryfly_\w+)` \|", guide("operating.md"), re.M)) == names


def test_each_trouble_of_the_embedded_database_is_told() -> None:
    codes = set(re.findall(r'"(postgres_\w+)"', read(ROOT / "src/dryfly/platform/postgres_errors.py")))
    assert set(re.findall(r"^\| `(postgres_\w+)` \|", guide("operating.md"), re.M)) == codes


def test_each_close_code_is_told() -> None:
    codes = {name: code for name, code in vars(sockets).items() if name.startswith("CLOSE_")}
    told = {
        name: int(code) for code, name in re.findall(r"^\| (\d+) \| (CLOSE_\w+) \|", guide("architecture.md"), re.M)
    }
    assert told == codes


def test_each_reason_and_signal_of_the_bot_is_told() -> None:
    text = guide("playbook.md")
    assert set(re.findall(r"^\| ([a-z_]+) \|", text, re.M)) == set(Reason)
    assert [signal for signal in SignalKind if f"`{signal}`" not in text] == []


def test_each_room_is_told() -> None:
    rooms = {folder.name for folder in (ROOT / "src/dryfly").iterdir() if (folder / "__init__.py").exists()}
    told = set(re.findall(r"\w+", " ".join(re.findall(r"^\| ([a-z· ]+) \|", guide("architecture.md"), re.M))))
    assert told == rooms - {"migrations"}


def test_each_attribute_of_the_widget_is_told() -> None:
    launcher = read(ROOT / "web/widget/src/launcher.ts")
    look = re.search(r"function ownLook\(\{ ([^}]*) \}: DOMStringMap\)", launcher)
    assert look is not None
    names = set(look[1].split(", ")) | set(re.findall(r"const \{ (\w+) = [^}]*\} = dataset", launcher))
    names |= set(re.findall(r"dataset\.(\w+)", launcher)) | set(re.findall(r'"(\w+)" in dataset', launcher))
    told = " ".join(re.findall(r"^\| (`data-[^|]*) \|", guide("widget.md"), re.M))
    assert set(re.findall(r"data-[\w-]+", told)) == {f"data-{_as_attribute(name)}" for name in names}


def _as_attribute(name: str) -> str:
    return re.sub(r"[A-Z]", lambda letter: f"-{letter[0].lower()}", name)


def test_each_mark_of_the_tests_is_told() -> None:
    marks = set(re.findall(r'^    "(\w+): ', read(ROOT / "pyproject.toml"), re.M))
    assert set(re.findall(r"^\| `(\w+)` \| ", guide("developing.md"), re.M)) == marks


# ---- examples ----------------------------------------------------------------------------------


def block(page: str, language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", guide(page), re.DOTALL)
    assert found is not None
    return found[1]


def test_the_example_of_a_mapping_is_one() -> None:
    mapping = parse_mapping(block("customer-image.md", "yaml"))
    assert list(mapping.records) == ["order"]


def test_the_example_of_a_playbook_is_one() -> None:
    playbook = parse_playbook(block("playbook.md", "yaml"))
    assert playbook.need("cancel_order") is not None


def test_the_recipe_of_a_login_token_is_believed() -> None:
    secret = "a secret of at least 32 random characters"
    site = Site("main", "Main", login_keys=(LoginKey("shop-1", LoginAlgorithm.HS256, secret),))  # type: ignore[arg-type]
    recipe: dict[str, object] = {}
    exec(block("widget.md", "python"), recipe)
    token = recipe["login_token"](secret, "4711", "anna@shop.example")  # type: ignore[operator]
    made_at = json.loads(urlsafe_b64decode(token.split(".")[1] + "=="))["iat"]
    login = logins.verify(site, token, made_at * 1000)
    assert (login.subject, login.claims["email"]) == ("4711", "anna@shop.example")
