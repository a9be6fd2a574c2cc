"""Mail on its way out, over SMTP (RFC 5321): one letter a connection, and never in the clear where TLS was asked for.

The standard library speaks it, in a thread: letters are few, each step has a time limit, and the jobs that send them
bound how many go at once. Whoever sends decides about trying again: `MailRefused` is the other side's no to this letter
for good; every other PeerError (nobody answers, a no for now, a wrong password) may be over in a while.
"""

import asyncio
import re
import smtplib
import ssl
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from enum import StrEnum

import msgspec

from dryfly.platform.errors import CallerError, PeerError
from dryfly.platform.settings import Settings

STEP_TIMEOUT_S = 20.0  # of each step of the talk with the mail server
ADDRESS_MAX = 254  # RFC 5321 4.5.3.1.3
SUBJECT_MAX = 200
LETTER_MAX = 1_000_000  # characters
REASON_MAX = 300

# A dot-string (RFC 5321 4.1.2), and a domain with a dot. Quoted local parts are legal and nobody's.
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?=.{{1,64}}@){_LOCAL}@(?:{_LABEL}\.)+{_LABEL}", re.ASCII)


class Tls(StrEnum):
    STARTTLS = "starttls"  # asked for on the open line, usually port 587; no letter goes without it
    TLS = "tls"  # from the first byte, usually port 465
    NONE = "none"  # for a relay on this machine


class Letter(msgspec.Struct, frozen=True):
    """`id` names it to the receiving side: sent twice, it can be known by it. `at`: when it was written (ms)."""

    id: str
    to: str
    subject: str
    text: str
    at: int
    language: str = "en"


class MailRefused(PeerError):
    """The mail server will not have this letter, now or later."""


class Mailer:
    """Sends letters by one mail server."""

    def __init__(
        self, host: str, port: int, tls: Tls, sender: str, login: str | None = None, password: str | None = None
    ) -> None:
        self.host = host
        self.port = port
        self.tls = tls
        self.sender = sender
        self._from = _address(sender)
        self._login = (login, password) if login and password else None

    async def send(self, letter: Letter) -> None:
        """Raises MailRefused, or PeerError `mail_failed` where it is worth another try."""
        message = self._message(letter)
        try:
            await asyncio.to_thread(self._deliver, message, check_address(letter.to))
        except smtplib.SMTPRecipientsRefused as error:
            raise _refused(*next(iter(error.recipients.values()))) from error
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            raise _refused(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            raise PeerError("mail_failed", f"{type(error).__name__}: {error}"[:REASON_MAX]) from error

    def _message(self, letter: Letter) -> EmailMessage:
        if len(letter.text) > LETTER_MAX:
            raise CallerError("mail_too_long", f"A letter has at most {LETTER_MAX} characters.", limit=LETTER_MAX)
        message = EmailMessage(policy=SMTP)
        message["From"] = self._from
        message["To"] = _address(check_address(letter.to))
        message["Subject"] = one_line(letter.subject)
        message["Date"] = format_datetime(datetime.fromtimestamp(letter.at / 1000, UTC))
        message["Message-ID"] = f"<{letter.id}@{self._from.domain}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's machine answers it
        message["Content-Language"] = letter.language
        message.set_content(letter.text)
        return message

    def _deliver(self, message: EmailMessage, to: str) -> None:
        with self._line() as line:
            if self.tls is Tls.STARTTLS:
                line.starttls(context=ssl.create_default_context())
            if self._login:
                line.login(*self._login)
            line.send_message(message, self._from.addr_spec, [to])

    def _line(self) -> smtplib.SMTP:
        """It greets with our domain: the machine's own name is nobody's business."""
        host, port, name = self.host, self.port, self._from.domain
        if self.tls is Tls.TLS:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port, name, timeout=STEP_TIMEOUT_S, context=context)
        return smtplib.SMTP(host, port, name, timeout=STEP_TIMEOUT_S)


def mailer_of(settings: Settings) -> Mailer | None:
    """None: no mail is set up. Raises CallerError `setting_wrong`."""
    if not settings.mail_host:
        return None
    tls, login = Tls(settings.mail_tls), settings.mail_login
    if not settings.mail_sender:
        raise CallerError("setting_wrong", "mail_host needs mail_sender: the address that letters come from.")
    if tls is Tls.NONE and login and settings.mail_host not in ("localhost", "127.0.0.1", "::1"):
        raise CallerError("setting_wrong", "mail_tls=none would send the password in the clear: use starttls or tls.")
    _address(settings.mail_sender)
    return Mailer(settings.mail_host, settings.mail_port, tls, settings.mail_sender, login, settings.mail_password)


def check_address(text: str) -> str:
    """One address, ready to be written to; the domain in ASCII. Raises CallerError `email_wrong`."""
    local, at, domain = text.strip().rpartition("@")
    try:
        address = f"{local}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        address = ""
    if len(address) > ADDRESS_MAX or not _ADDRESS.fullmatch(address):
        raise CallerError("email_wrong", "Write an e-mail address such as anna@shop.example.")
    return address


def masked(address: str) -> str:
    """For a screen on which somebody else may look: n***@example.com."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain}"


def one_line(text: str) -> str:
    """As a header may hold it: no line end, no control character."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:SUBJECT_MAX]


def _address(text: str) -> Address:
    """ "Shop <hello@shop.example>", or the bare address."""
    name, address = parseaddr(one_line(text))
    try:
        return Address(one_line(name), addr_spec=check_address(address))
    except CallerError:
        raise CallerError("setting_wrong", f"mail_sender is no address: {text!r}.") from None


def _refused(code: int, reason: bytes | str) -> PeerError:
    """5yz is for good, 4yz for now (RFC 5321 4.2.1)."""
    text = reason.decode(errors="replace") if isinstance(reason, bytes) else reason
    told = f"{code} {one_line(text)}"[:REASON_MAX]
    return MailRefused("mail_refused", told) if code >= 500 else PeerError("mail_failed", told)
