"""Letters over SMTP: what leaves is one letter to one address, and a no for good is told from a no for now."""

import pytest

from dryfly.platform.errors import CallerError, PeerError
from dryfly.platform.mail import (
    ADDRESS_MAX,
    LETTER_MAX,
    Letter,
    Mailer,
    MailRefused,
    Tls,
    check_address,
    mailer_of,
    masked,
)
from dryfly.platform.settings import Settings
from tests.smtp import Post, post_office

AT = 1_800_000_000_000
LETTER = Letter("L1", "ann@shop.example", "Your talk", "Grüße 你好\n.\nend\n", AT)


def mailer(post: Post, tls: Tls = Tls.NONE) -> Mailer:
    return Mailer("127.0.0.1", post.port, tls, "Shöp <hello@shop.example>")


async def test_a_letter_arrives_as_it_was_written() -> None:
    async with post_office() as post:
        await mailer(post).send(LETTER)
        letter = await post.has(1)
    assert letter.get_content().replace("\r\n", "\n") == LETTER.text
    assert (letter["From"], letter["To"], letter["Subject"]) == (
        "Shöp <hello@shop.example>", "ann@shop.example", "Your talk",
    )  # fmt: skip
    assert (letter["Message-ID"], letter["Auto-Submitted"]) == ("<L1@shop.example>", "auto-generated")
    assert post.recipients == ["rcpt TO:<ann@shop.example>"]
    assert post.hears[0] == "ehlo shop.example", "this machine's own name stays here"


@pytest.mark.parametrize(("answer", "error"), [("550 No such person", MailRefused), ("450 Later", PeerError)])
async def test_a_no_for_good_is_not_a_no_for_now(answer: str, error: type[PeerError]) -> None:
    async with post_office() as post:
        post.answer = answer
        with pytest.raises(PeerError, match=answer) as raised:
            await mailer(post).send(LETTER)
    assert type(raised.value) is error


async def test_nobody_there_is_worth_another_try() -> None:
    async with post_office() as post:
        pass
    with pytest.raises(PeerError, match="mail_failed"):
        await mailer(post).send(LETTER)


async def test_nothing_goes_in_the_clear_where_tls_was_asked_for() -> None:
    async with post_office() as post:
        with pytest.raises(PeerError, match="mail_failed"):
            await mailer(post, Tls.STARTTLS).send(LETTER)
        with pytest.raises(PeerError, match="mail_failed"):
            await mailer(post, Tls.TLS).send(LETTER)
    assert post.letters == []
    assert not any("rcpt" in line.lower() for line in post.hears)


@pytest.mark.parametrize(
    "text",
    [
        "", "ann", "ann@", "@shop.example", "ann@shop", "ann@shop.example\nBcc: eve@evil.example",
        "a@b.example,c@d.example",
        "ann@shop.example>", '"ann"@shop.example', "ann @shop.example", "ann..b@shop.example", "ann@-shop.example",
        "änn@shop.example", "ann@shop.example\x00", f"{'a' * 65}@shop.example", f"ann@{'a.' * 130}example",
        "ann@\u202eexample.shop",
    ],
)  # fmt: skip
def test_what_is_no_address_is_written_to_nobody(text: str) -> None:
    with pytest.raises(CallerError, match="email_wrong"):
        check_address(text)


def test_addresses_are_taken_as_people_have_them() -> None:
    assert check_address("  Ann.O'Neil+shop@Shop.example ") == "Ann.O'Neil+shop@Shop.example"
    assert check_address("ann@bücher.example") == "ann@xn--bcher-kva.example"
    assert len(check_address(f"{'a' * 64}@{'b' * 60}.{'c' * 60}.example")) <= ADDRESS_MAX
    assert masked("nora@example.com") == "n***@example.com"


async def test_headers_take_no_second_line_and_letters_have_an_end() -> None:
    async with post_office() as post:
        await mailer(post).send(
            Letter("L2", "ann@shop.example", "Hello\r\nBcc: eve@evil.example\u2028x", "hello\n", AT)
        )
        letter = await post.has(1)
        with pytest.raises(CallerError, match="mail_too_long"):
            await mailer(post).send(Letter("L3", "ann@shop.example", "x", "x" * (LETTER_MAX + 1), AT))
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Hello Bcc: eve@evil.example x"
    assert len(post.letters) == 1


def test_settings_make_a_mailer_or_say_what_is_missing() -> None:
    assert mailer_of(Settings()) is None
    made = mailer_of(
        Settings(mail_host="post.example", mail_sender="hello@shop.example", mail_login="u", mail_password="p")
    )
    assert made is not None
    assert (made.port, made.tls) == (587, Tls.STARTTLS)
    for wrong in (
        Settings(mail_host="post.example"),
        Settings(mail_host="post.example", mail_sender="nobody"),
        Settings(mail_host="post.example", mail_sender="hello@shop.example", mail_login="u", mail_tls="none"),
    ):
        with pytest.raises(CallerError, match="setting_wrong"):
            mailer_of(wrong)
