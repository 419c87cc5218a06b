"""E-mails of strangers: what they say, and which files are in them, as others found before us."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_desktop.documents.kinds import kind_of
from clerk_desktop.documents.mail import MailFile
from clerk_desktop.model.errors import FileRefused
from clerk_desktop.model.reading import FileKind
from tests.corpus import corpus, truth

HEAD = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\nDate: Thu, 12 Nov 2026 09:30:00 +0100\r\n"
LONG_PAGE = 4 << 20


@pytest.mark.corpus
def test_the_mails_of_the_corpus_say_what_their_truth_says() -> None:
    folder = corpus("mail")
    for name, told in truth("mail").items():
        content = (folder / name).read_bytes()
        if told["subject"] == "None":
            with pytest.raises(FileRefused):
                kind_of(content)
            continue
        assert kind_of(content) is FileKind.MAIL, name
        with closing(MailFile(content)) as file:
            mail = file.read()
        assert mail.subject == told["subject"]
        assert mail.sender == told["from"].partition(" <")[0]
        assert [each.name for each in mail.attachments] == told["attachments"]


def test_a_picture_in_the_text_is_no_document_but_a_forwarded_mail_is() -> None:
    inner = EmailMessage()
    inner["Subject"] = "Die Beschwerde / Anlage 2"
    inner.set_content("innen")
    message = EmailMessage()
    message["Date"] = "Thu, 12 Nov 2026 23:30:00 +0100"
    message.set_content("<p>Guten Tag &amp; Gr&uuml;&szlig;e</p><script>böse()</script><img src='cid:logo'>", "html")
    message.add_related(b"PNG", maintype="image", subtype="png", cid="<logo>", disposition="inline")
    message.make_mixed()
    message.add_attachment(inner)
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="../../etc/Brief 1.pdf")
    with closing(MailFile(message.as_bytes())) as file:
        mail = file.read()
        forwarded = file.attachment(1)
    assert [each.name for each in mail.attachments] == ["Anlage 2", "Brief 1.pdf"]
    assert (mail.sent_on, mail.text.strip()) == (date(2026, 11, 12), "Guten Tag & Grüße")
    assert b"innen" in forwarded


def text_of(page: bytes) -> str:
    with closing(MailFile(HEAD + b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + page)) as file:
        return file.read().text


@pytest.mark.timeout(600)
@pytest.mark.parametrize("piece", [b"<", b"<br", b"<script ", b"<style>x", b"<head></script>"])
def test_a_long_page_is_read_in_one_go_whatever_it_leaves_open(piece: bytes) -> None:
    """One go takes a second; from each piece on to the end again, hours."""
    assert text_of(b"Guten Tag " + piece * (LONG_PAGE // len(piece))).startswith("Guten Tag")


def test_of_a_page_only_the_words_stay() -> None:
    page = b"<HEAD><title>t</title></head>Eins<BR/>zwei<style>p{}</STYLE> <b class='x'>drei</b><script>open &lt; 4 < 5"
    assert text_of(page) == "Eins\nzwei dreiopen < 4 < 5"


@given(st.binary(max_size=400), st.binary(max_size=400))
def test_nothing_a_stranger_writes_ends_the_reader(head: bytes, body: bytes) -> None:
    try:
        with closing(MailFile(HEAD + head + b"\r\n\r\n" + body)) as file:
            mail = file.read()
            taken = [file.attachment(number) for number in range(1, len(mail.attachments) + 1)]
    except FileRefused:
        return
    assert [len(content) for content in taken] == [each.size for each in mail.attachments]
