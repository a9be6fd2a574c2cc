"""A setting is known and fits, or Dryfly says so and does not start."""

from pathlib import Path

import pytest

from dryfly.platform.errors import CallerError
from dryfly.platform.settings import Settings, load_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "dryfly.toml"


def test_without_anything_said_there_are_defaults(file: Path) -> None:
    assert load_settings({}, file) == Settings()


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(file: Path) -> None:
    file.write_text('port = 1000\nhost = "0.0.0.0"\nhome = "/srv/dryfly"')
    settings = load_settings({"DRYFLY_PORT": "2000", "DRYFLY_HOST": "127.0.0.1"}, file, port=3000, log_level=None)
    assert (settings.port, settings.host, settings.home) == (3000, "127.0.0.1", Path("/srv/dryfly"))


def test_a_folder_may_be_said_as_one(file: Path) -> None:
    assert load_settings({}, file, home=Path("/srv/dryfly")).home == Path("/srv/dryfly")


def test_an_empty_variable_is_unsaid(file: Path) -> None:
    assert load_settings({"DRYFLY_DATABASE_URL": "", "HOME": "/root"}, file).database_url is None


@pytest.mark.parametrize(
    ("environ", "text", "complaint"),
    [
        ({"DRYFLY_PROT": "1"}, "", r"setting_unknown: environment: .*DRYFLY_PROT. Did you mean DRYFLY_PORT\?"),
        ({}, "log_levle = 'info'", r"setting_unknown: .*dryfly.toml: .*log_levle. Did you mean log_level\?"),
        ({}, "qqq = 1", r"setting_unknown: .*qqq. Known are home, database_url"),
        ({"DRYFLY_PORT": "70000"}, "", r"setting_wrong: .*65535.*port"),
        ({"DRYFLY_PORT": "web"}, "", r"setting_wrong: .*port"),
        ({}, "log_format = 'xml'", r"setting_wrong: .*xml.*log_format"),
        ({"DRYFLY_PUBLIC_URL": "example.com"}, "", r"setting_wrong: .*public_url"),
        ({}, "port = = 1", r"setting_wrong: .*dryfly.toml is no TOML"),
    ],
)
def test_what_does_not_fit_is_refused_with_advice(
    file: Path, environ: dict[str, str], text: str, complaint: str
) -> None:
    file.write_text(text)
    with pytest.raises(CallerError, match=complaint):
        load_settings(environ, file)
