"""Web pages saved as MHTML and papers sent as e-mail, by the standard library's parser."""

from __future__ import annotations

from dataclasses import replace
from email import errors, message_from_bytes, policy
from email.message import EmailMessage

from extract.model import Gap, Line, Paragraph, Source
from extract.readers import html, text
from extract.readers.charset import Decoded, decode
from extract.readers.detect import detect
from extract.readers.errors import ReadError

_NO_BASE64 = (
    errors.InvalidBase64PaddingDefect,
    errors.InvalidBase64CharactersDefect,
    errors.InvalidBase64LengthDefect,
)


def read(data: bytes, name: str = "") -> Source:
    """The page or letter in a MIME file; attachments become gaps that name them."""
    format = detect(data, name)
    message = message_from_bytes(data, policy=policy.default)
    page = _part(message, "text/html")
    part = page if page is not None else _part(message, "text/plain")
    if part is None:
        raise ReadError("no_text", "the message holds no text; give its attachments", format)
    decoded = decode(_payload(part), part.get_content_charset())
    source = html.from_text(decoded, format) if page is not None else _letter(decoded, format)
    return replace(source, gaps=(*source.gaps, *_damage(message, part), *_attachments(message)))


def _letter(decoded: Decoded, format: str) -> Source:
    blocks = tuple(
        Paragraph((Line(line),), complete=False) for line in text.split_lines(decoded.text)
    )
    return Source(format, blocks, gaps=decoded.gaps)


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


def _damage(message: EmailMessage, part: EmailMessage) -> list[Gap]:
    """A gap where a part that was decoded turned out not to be base64 throughout, or where the
    message ends inside it."""
    why = ""
    if any(isinstance(defect, _NO_BASE64) for defect in part.defects):
        why = "is damaged (it is not the base64 that it says it is)"
    else:
        *_, last = message.walk()
        if last is part and any(map(_is_open, message.walk())):
            why = "is cut (the file ends inside it)"
    if not why:
        return []
    said = (
        f"the letter's text {why}, so words may be missing; save the letter again in the mail "
        "program, or have it sent again"
    )
    return [Gap("read", "damaged_mail", said)]


def _is_open(message: EmailMessage) -> bool:
    """Whether a message of several parts ends without their last boundary."""
    return any(isinstance(defect, errors.CloseBoundaryNotFoundDefect) for defect in message.defects)


def _attachments(message: EmailMessage) -> list[Gap]:
    """A gap for each attachment that has a name."""
    titles = [
        str(part.get_filename())
        for part in message.walk()
        if part.get_content_disposition() == "attachment" and part.get_filename()
    ]
    return [
        Gap("read", "attachment_not_read", f"attachment {title} was not read; give it by itself")
        for title in titles
    ]
