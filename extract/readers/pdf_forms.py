"""Forms of a PDF: drawings with a name (ISO 32000-1, 8.10), which pages and other forms show.

A form that shows itself twice is drawn without end, and thirty forms that each show the next twice
a billion times: PDFium takes memory for each time until the process dies. So forms in forms are
counted before a page is opened.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1

from extract import lazy as regex

_FORM = regex.compile(rb"/Subtype\s{0,4}/Form\b")
_OBJECT = regex.compile(rb"(\d{1,9})\s{1,4}\d{1,5}\s{1,4}obj$")
_MAY_SHOW = regex.compile(rb"/XObject\s{0,4}(?:<<|\d)|/Resources\s{0,4}\d")
_SHOWN = regex.compile(rb"/([^\s/<>\[\](){}%]{1,100})\s{1,8}Do\b")
_LONGEST_ENTRIES = 1 << 16
_MOST_SHOWN = 100_000
_DEEPEST = 50
"""How deep forms in forms are followed; PDFium follows fewer."""


def forms_in(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """The number of each form in a file's bytes, its entries, and where its stream begins."""
    for match in _FORM.finditer(data):
        at = data.rfind(b"obj", max(0, match.start() - _LONGEST_ENTRIES), match.start())
        number = _OBJECT.search(data, max(0, at - 20), at + 3) if at >= 0 else None
        end = data.find(b"stream", match.end(), match.end() + _LONGEST_ENTRIES)
        if number and end >= 0:
            start = end + len(b"stream") + (2 if data[end + 6 : end + 8] == b"\r\n" else 1)
            yield int(number[1]), data[at + 3 : end], start


def shown_on(resources: Any) -> dict[str, int]:
    """The drawings that a page or form with these resources may show: their numbers by name."""
    named = resolve1((resolve1(resources) or {}).get("XObject"))
    items = named.items() if isinstance(named, dict) else ()
    return {name: held.objid for name, held in items if isinstance(held, PDFObjRef)}


def endless_forms(data: bytes, password: str | None) -> frozenset[int]:
    """The numbers of the forms that show themselves and others more often than a page has use for;
    none in a file that pdfminer does not open."""
    forms = {number: entries for number, entries, _ in forms_in(data)}
    if all(b"/Resources" in said and not _MAY_SHOW.search(said) for said in forms.values()):
        return frozenset()
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)), password or "")
        streams: dict[int, Any] = {number: document.getobj(number) for number in forms}
        alone = any("Resources" not in stream.attrs for stream in streams.values())
        pages = PDFPage.create_pages(document) if alone else ()
        of_pages = {n: held for page in pages for n, held in shown_on(page.resources).items()}
        shown = {number: _shown_by(stream, of_pages) for number, stream in streams.items()}
    except Exception:  # a stranger's bytes, or a form that is no stream, can fail in any way
        return frozenset()
    drawn = dict.fromkeys(shown, 1)
    for _ in range(_DEEPEST):
        drawn = {
            number: min(_MOST_SHOWN, 1 + sum(n * drawn.get(form, 0) for form, n in inner.items()))
            for number, inner in shown.items()
        }
    return frozenset(number for number, count in drawn.items() if count == _MOST_SHOWN)


def _shown_by(form: PDFStream, of_pages: dict[str, int]) -> Counter[int]:
    """How often a form shows each of the drawings that it names; without resources of its own it
    takes those of its page."""
    names = shown_on(form.attrs["Resources"]) if "Resources" in form.attrs else of_pages
    if not names:
        return Counter()
    said = (match.decode("latin-1") for match in _SHOWN.findall(form.get_data()))
    return Counter(names[name] for name in said if name in names)


def shows(page: Any, forms: frozenset[int]) -> bool:
    """Whether pdfminer's page shows one of these forms, be it inside another."""
    drawn = b"\n".join(_unpacked(part) for part in page.contents)
    said = {match.decode("latin-1") for match in _SHOWN.findall(drawn)}
    held = [number for name, number in shown_on(page.resources).items() if name in said]
    known: set[int] = set()
    while held:
        number = held.pop()
        if number in forms:
            return True
        if number not in known:
            known.add(number)
            inner = page.doc.getobj(number)
            if isinstance(inner, PDFStream):
                held += shown_on(inner.attrs.get("Resources")).values()
    return False


def _unpacked(part: Any) -> bytes:
    """What a content stream says, as far as it can be unpacked."""
    stream = resolve1(part)
    try:
        return stream.get_data() if isinstance(stream, PDFStream) else b""
    except Exception:  # a stranger's bytes can fail in a filter in any way
        return b""
