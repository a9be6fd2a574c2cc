"""Deployment settings: `dryfly.toml`, then environment variables (DRYFLY_PORT for `port`), then what a command says.

`Settings` is their documentation. A key that it does not know is refused, with the name that was probably meant.
Business set-up (sites, queues, skills, ...) is not here: it lives in the database.
"""

import difflib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from dryfly.platform.errors import CallerError

FILE = Path("dryfly.toml")
PREFIX = "DRYFLY_"


Port = Annotated[int, Meta(ge=0, le=65535)]
WebOrigin = Annotated[str, Meta(pattern=r"^https?://[^/]+$")]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one process that is not business."""

    home: Path = Path(".dryfly")
    """Folder of the embedded database, its backups and its log."""

    database_url: str | None = None
    """postgresql://role:password@host/database of a server of your own. Without it: the embedded one."""

    database_connections_max: Annotated[int, Meta(ge=2, le=200)] = 8
    """Connections for queries, beside the journal's own."""

    datasets: Path | None = None
    """Folder of real data, for examples and tests."""

    host: Annotated[str, Meta(min_length=1)] = "127.0.0.1"
    """Address to listen on; 0.0.0.0 for all."""

    port: Port = 8470
    """Port to listen on; 0 for any free one."""

    public_url: WebOrigin | None = None
    """How browsers reach Dryfly, where that is not host and port: behind a proxy."""

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """The least level that is written."""

    log_format: Literal["console", "json"] = "console"
    """For people, or one JSON object a line."""

    mail_host: str | None = None
    """The mail server that letters go out by. Without it none are sent, and nobody is offered any."""

    mail_port: Port = 587
    """Its port."""

    mail_tls: Literal["starttls", "tls", "none"] = "starttls"
    """How the line to it is kept secret. `none` is for a relay on this machine."""

    mail_login: str | None = None
    """As whom to sign in there."""

    mail_password: str | None = None
    """With what. Better in the environment than in the file."""

    mail_sender: str | None = None
    """Whom letters come from: an address, or "Shop <hello@shop.example>"."""

    floor: Literal["auto", "plain"] = "auto"
    """`plain`: not the compiled one, though it is installed. In the environment only: it is chosen before all else."""

    request_bytes_max: Annotated[int, Meta(ge=1024)] = 10_000_000
    """The longest body of a request."""


def load_settings(environ: Mapping[str, str], file: Path = FILE, **said: Any) -> Settings:
    """`said`: what the command line says; None is unsaid. Raises CallerError `setting_unknown` or `setting_wrong`."""
    given = _from_file(file) | _from_environment(environ)
    given |= {name: value for name, value in said.items() if value is not None}
    try:
        return msgspec.convert(given, Settings, strict=False, dec_hook=_as_path)
    except msgspec.ValidationError as error:
        raise CallerError("setting_wrong", f"A setting does not fit: {error}. See dryfly.platform.settings.") from error


def _from_file(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CallerError("setting_wrong", f"{file} is no TOML: {error}.") from error
    for name in content:
        _check_known(name, f"{file}: ", str)
    return content


def _from_environment(environ: Mapping[str, str]) -> dict[str, str]:
    given = {name.removeprefix(PREFIX).lower(): value for name, value in environ.items() if name.startswith(PREFIX)}
    for name in given:
        _check_known(name, "environment: ", lambda known: PREFIX + known.upper())
    return {name: value for name, value in given.items() if value != ""}


def _check_known(name: str, where: str, spelled: Any) -> None:
    known = Settings.__struct_fields__
    if name in known:
        return
    close = difflib.get_close_matches(name, known, 1, 0.5)
    advice = f"Did you mean {spelled(close[0])}?" if close else f"Known are {', '.join(map(spelled, known))}."
    raise CallerError("setting_unknown", f"{where}there is no setting {spelled(name)}. {advice}", setting=name)


def _as_path(kind: type, value: Any) -> Any:
    if kind is Path and isinstance(value, (str, Path)):
        return Path(value)
    raise NotImplementedError
