"""Web pages saved as MHTML and papers sent as e-mail, by the standard library's parser."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

from extract.model import Gap, Line, Paragraph, Source
from extract.readers import html, text
from extract.readers.charset import decode
from extract.readers.detect import detect
from extract.readers.errors import ReadError


def read(data: bytes, name: str = "") -> Source:
    """The page or letter in a MIME file; attachments become gaps that name them."""
    format = detect(data, name)
    message = message_from_bytes(data, policy=policy.default)
    page = _part(message, "text/html")
    plain = None if page else _part(message, "text/plain")
    if page is None and plain is None:
        raise ReadError("no_text", "the message holds no text; give its attachments", format)
    gaps = [
        Gap("read", "attachment_not_read", f"attachment {title} was not read; give it by itself")
        for title in _attachments(message)
    ]
    if page is not None:
        declared = page.get_content_charset()
        source = html.from_text(decode(_payload(page), declared), format)
    else:
        assert plain is not None
        decoded = decode(_payload(plain), plain.get_content_charset())
        blocks = tuple(
            Paragraph((Line(line),), complete=False) for line in text.split_lines(decoded.text)
        )
        source = Source(format, blocks, gaps=decoded.gaps)
    return Source(format, source.blocks, gaps=(*source.gaps, *gaps), printed=source.printed)


def _part(message: EmailMessage, kind: str) -> EmailMessage | None:
    """The largest part of a kind that is no attachment."""
    found = [
        part
        for part in message.walk()
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment"
    ]
    return max(found, key=lambda part: len(_payload(part)), default=None)


def _payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _attachments(message: EmailMessage) -> list[str]:
    return [
        str(part.get_filename())
        for part in message.walk()
        if part.get_content_disposition() == "attachment" and part.get_filename()
    ]
