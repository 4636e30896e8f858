"""Web pages saved as MHTML and papers sent as e-mail, by the standard library's parser.

The parts of a letter are read one after another; of those that say the same in other forms
(multipart/alternative) the fullest, of those of a web page (multipart/related) the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from email import errors, message_from_bytes, policy
from email.message import EmailMessage, MIMEPart

from extract.model import Gap, Grid, Line, Paragraph, Source
from extract.readers import html, text
from extract.readers.charset import Decoded, decode
from extract.readers.detect import detect
from extract.readers.errors import ReadError

_NO_BASE64 = (
    errors.InvalidBase64PaddingDefect,
    errors.InvalidBase64CharactersDefect,
    errors.InvalidBase64LengthDefect,
)
_MUCH = 0.5
_NOT_READ = "a part of the letter was not read: "


def read(data: bytes, name: str = "") -> Source:
    """The page or letter in a MIME file; attachments become gaps that name them."""
    format = detect(data, name)
    message = message_from_bytes(data, policy=policy.default)
    found = _read(message, message, format, _cut(message))
    if found is None:
        raise ReadError("no_text", "the message holds no text; give its attachments", format)
    return _joined([found, Source(format, (), gaps=tuple(_attachments(message)))])


def _read(
    part: MIMEPart, message: EmailMessage, format: str, cut: MIMEPart | None
) -> Source | None:
    """The text of a part of a message and of the parts inside it; None where there is none.
    `cut`: the part that the message ends inside of."""
    kind = part.get_content_type()
    if part.is_multipart():
        inner = [_read(each, message, format, cut) for each in part.iter_parts()]
        found = [each for each in inner if each is not None]
        if kind == "multipart/alternative":
            return _chosen(found)
        if kind == "multipart/related":
            return max(found, key=_size, default=None)
        return _joined(found) if found else None
    if kind not in ("text/html", "text/plain") or part.get_content_disposition() == "attachment":
        return None
    try:
        decoded = decode(_payload(part), part.get_content_charset())
    except ReadError as error:
        if part is message:
            raise
        return Source(format, (), gaps=(Gap("read", "damaged_mail", _NOT_READ + error.message),))
    read = html.from_text if kind == "text/html" else _letter
    return _joined([read(decoded, format), Source(format, (), gaps=tuple(_damage(part, cut)))])


def _chosen(found: list[Source]) -> Source | None:
    """The last of the forms of one text, which is the richest (RFC 2046, 5.1.4), but none that is
    much shorter than another."""
    most = max(map(_size, found), default=0)
    full = [each for each in found if _size(each) >= _MUCH * most]
    return full[-1] if full else None


def _size(source: Source) -> int:
    """How many characters were read."""
    return sum(len(line.text.strip()) for line in _lines(source))


def _lines(source: Source) -> Iterator[Line]:
    for block in source.blocks:
        for held in block.cells if isinstance(block, Grid) else (block,):
            yield from held.lines


def _joined(found: list[Source]) -> Source:
    """The sources of a message as one, one behind the other; what the first say of the paper
    counts."""
    return Source(
        found[0].format,
        tuple(block for each in found for block in each.blocks),
        gaps=tuple(gap for each in found for gap in each.gaps),
        printed={key: said for each in reversed(found) for key, said in each.printed.items()},
    )


def _letter(decoded: Decoded, format: str) -> Source:
    blocks = tuple(
        Paragraph((Line(line),), complete=False) for line in text.split_lines(decoded.text)
    )
    return Source(format, blocks, gaps=decoded.gaps)


def _payload(part: MIMEPart) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _damage(part: MIMEPart, cut: MIMEPart | None) -> list[Gap]:
    """A gap where a part that was decoded turned out not to be base64 throughout, or where the
    message ends inside it."""
    why = ""
    if any(isinstance(defect, _NO_BASE64) for defect in part.defects):
        why = "is damaged (it is not the base64 that it says it is)"
    elif part is cut:
        why = "is cut (the file ends inside it)"
    if not why:
        return []
    said = (
        f"the letter's text {why}, so words may be missing; save the letter again in the mail "
        "program, or have it sent again"
    )
    return [Gap("read", "damaged_mail", said)]


def _cut(message: EmailMessage) -> MIMEPart | None:
    """The last part, where one that holds it ends without its last boundary."""
    parts = list(message.walk())
    cut = any(
        isinstance(defect, errors.CloseBoundaryNotFoundDefect)
        for part in parts
        for defect in part.defects
    )
    return parts[-1] if cut else None


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
