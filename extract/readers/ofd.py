"""OFD (GB/T 33190): a zip of XML in which every character has its place on the page."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from extract import lazy as regex
from extract.model import Gap, Source
from extract.readers.errors import ReadError
from extract.readers.ofd_composites import local, matrix, number, numbers, place_composites
from extract.readers.package import Package
from extract.readers.page_columns import in_reading_order
from extract.readers.page_furniture import without_furniture
from extract.readers.page_lines import Char, single
from extract.readers.page_tables import grid_of, tables_on
from extract.readers.pages import Page, blocks_of
from extract.readers.ruled_lines import edge
from extract.readers.unruled_tables import UnruledTables

_POINTS = 72 / 25.4
_RULE = 0.8
_LOCKS = ("encryptions.xml", "entriesmap.dat", "decryptseed.dat")
_HAN = regex.compile(r"\p{Han}")
_MAX_PAGES = 5000
_MAX_REPEAT = 20_000


def read(data: bytes, name: str = "") -> Source:
    """An OFD file as read; pages that are missing or without text become gaps, signatures a note.
    A page whose XML is damaged is told as that alone."""
    package = Package(data, "ofd")
    pages: list[Page] = []
    gaps: list[Gap] = []
    unruled = UnruledTables()
    documents = _documents(package, gaps)
    places = ((one, place) for one in documents for place in _page_names(package, one))
    for page_number, (document, place) in enumerate(islice(places, _MAX_PAGES), 1):
        part = _part(package, place, f"page {page_number}", gaps)
        if part is not None:
            page, missing = _page(package, document, part, page_number, unruled)
            pages.append(page)
            gaps += missing if place not in package.gaps else []
    if next(places, None):
        message = (
            f"only the first {_MAX_PAGES} pages were read; save the others as a file of their own"
        )
        gaps.append(Gap("read", "too_many_pages", message))
    if not pages:
        raise _without_pages(package)
    gaps = [*package.gaps.values(), *dict.fromkeys(gaps), *_signed(package)]
    without_furniture(pages)
    return Source("ofd", tuple(blocks_of(pages)), pages=page_number, gaps=tuple(gaps))


def _part(package: Package, name: str, what: str, gaps: list[Gap]) -> Any:
    """The XML of a part that the file names; None, and a gap, where it is not there or is none."""
    try:
        root = package.xml(name)
    except ReadError as error:
        if error.code != "broken_file":
            raise
        root = None
    if root is None and name not in package.gaps:
        message = (
            f"{what} could not be read: its part {name or 'without a name'} is missing or damaged; "
            "compare the file in an OFD reader, or get it again"
        )
        gaps.append(Gap("read", "page_unreadable", message))
    return root


def _without_pages(package: Package) -> ReadError:
    """Why no page could be read: GB/T 33190 keeps what an encrypted file needs in parts of its
    own (Encryptions.xml, entriesmap.dat)."""
    if any(name.lower().endswith(_LOCKS) for name in package.names):
        return ReadError(
            "encrypted",
            "the OFD file is encrypted; open it in an OFD reader and save it as PDF",
            "ofd",
        )
    return ReadError(
        "broken_file",
        "the OFD file names no page that can be read; open it in an OFD reader and save it as PDF",
        "ofd",
    )


def _signed(package: Package) -> Iterator[Gap]:
    """A note where the file is signed: OFD.xml names a list of signatures, each with the seal that
    it may print (GB/T 33190, 18). All text is read all the same."""
    count = 0
    for entry in _each(package.xml("OFD.xml"), "Signatures"):
        listed = package.xml((entry.text or "").strip())
        count += sum(1 for _ in _each(listed, "Signature"))
    if count:
        message = f"the file carries {count} signature(s); they were not verified, seals not read"
        yield Gap("read", "signed", message)


def _each(root: Any, name: str) -> Iterator[Any]:
    if root is not None:
        for element in root.iter():
            if local(element) == name:
                yield element


class _Document(NamedTuple):
    """A document of the container: its folder, its root, where its template pages are by their id,
    and the composite units that it holds."""

    folder: str
    root: Any
    templates: dict[str, str]
    units: dict[str, Any]


def _documents(package: Package, gaps: list[Gap]) -> Iterator[_Document]:
    """Each document of the container."""
    for entry in _each(package.xml("OFD.xml"), "DocRoot"):
        path = (entry.text or "").strip()
        root = _part(package, path, "a document of the file", gaps)
        if root is not None:
            folder = posixpath.dirname(path.lstrip("/"))
            pages = _each(root, "TemplatePage")
            templates = {page.get("ID") or "": page.get("BaseLoc") or "" for page in pages}
            yield _Document(folder, root, templates, _units(package, folder, root))


def _resolved(package: Package, folder: str, path: str) -> str:
    """A part's name, from a path relative to a folder or to the container."""
    near = posixpath.normpath(posixpath.join(folder, path)).lstrip("/")
    whole = path.lstrip("/")
    return whole if whole in package.names and near not in package.names else near


def _units(package: Package, folder: str, root: Any) -> dict[str, Any]:
    """The composite units of a document's resources, by their id."""
    units: dict[str, Any] = {}
    for name in ("PublicRes", "DocumentRes", "PageRes"):
        for entry in _each(root, name):
            resources = package.xml(_resolved(package, folder, (entry.text or "").strip()))
            for unit in _each(resources, "CompositeGraphicUnit"):
                units[unit.get("ID") or ""] = unit
    return units


def _page_names(package: Package, document: _Document) -> Iterator[str]:
    """The name of each page's part."""
    for pages in _each(document.root, "Pages"):
        for page in pages:
            if local(page) == "Page":
                yield _resolved(package, document.folder, page.get("BaseLoc") or "")


def _page(
    package: Package,
    document: _Document,
    part: Any,
    at: int,
    unruled: UnruledTables,
) -> tuple[Page, list[Gap]]:
    """A page, and what could not be read of it."""
    gaps: list[Gap] = []
    width, height = _size(part, document.root)
    parts = [*_templates(package, document, part, gaps), part]
    if lost := sum(place_composites(each, document.units) for each in parts):
        message = (
            f"page {at} places {lost} object(s) that no resource of the file holds; "
            "compare the page in an OFD reader"
        )
        gaps.append(Gap("read", "page_unreadable", message))
    if unplaced := sum(map(_without_place, parts)):
        message = (
            f"page {at} has {unplaced} text(s) whose place or size is no number, and which were "
            "left out; compare the page in an OFD reader"
        )
        gaps.append(Gap("read", "page_unreadable", message))
    chars = single([char for each in parts for char in _chars(each)])
    if turned := sum(map(_unread, parts)) if not _HAN.search("".join(c.text for c in chars)) else 0:
        message = (
            f"page {at} has {turned} text(s), but none in Chinese that stands upright; print the "
            "file to PDF, or turn the page there"
        )
        gaps.append(Gap("read", "page_unreadable", message))
    edges = [edge for each in parts for edge in _rules(each)]
    if len([char for char in chars if not char.text.isspace()]) < 5 and any(
        True for each in parts for _ in _each(each, "ImageObject")
    ):
        message = f"page {at} is a picture without a text layer; run OCR on it"
        gaps.append(Gap("read", "page_without_text", message))
    grids = []
    for table in tables_on(edges, chars, at, unruled):
        grid, chars = grid_of(table, chars, at)
        grids.append((table.box[1], grid))
    return Page(at, width, height, in_reading_order(chars), grids), gaps


def _templates(package: Package, document: _Document, part: Any, gaps: list[Gap]) -> Iterator[Any]:
    """The template pages that lie under or over a page."""
    for used in _each(part, "Template"):
        key = used.get("TemplateID")
        name = _resolved(package, document.folder, document.templates.get(key or "", ""))
        template = _part(package, name, f"template {key}, which lies under pages,", gaps)
        if template is not None:
            yield template


def _size(part: Any, root: Any) -> tuple[float, float]:
    """Width and height of a page, in points."""
    for holder in (part, root):
        for box in _each(holder, "PhysicalBox"):
            sides = numbers(box.text)
            if len(sides) == 4:
                return sides[2] * _POINTS, sides[3] * _POINTS
    return 210 * _POINTS, 297 * _POINTS


def _has_place(item: Any) -> bool:
    """Whether a text object says where it stands, and how large."""
    return len(numbers(item.get("Boundary"))) == 4 and bool(numbers(item.get("Size")))


def _without_place(part: Any) -> int:
    """How many text objects of a page have words, and no place where they are seen."""
    return sum(
        bool("".join(item.itertext()).strip())
        for item in _each(part, "TextObject")
        if not _has_place(item) and item.get("Visible") != "false"
    )


def _is_turned(item: Any) -> bool:
    """Whether a text object does not stand upright."""
    a, b, *_ = matrix(item)
    return abs(b) > 0.2 * max(abs(a), 0.001)


def _unread(part: Any) -> int:
    """How many text objects of a page have Chinese words that do not stand upright."""
    return sum(
        _HAN.search("".join(item.itertext())) is not None
        for item in _each(part, "TextObject")
        if item.get("Visible") != "false" and _is_turned(item)
    )


def _chars(part: Any) -> Iterator[Char]:
    """The characters of a page's text objects, in points."""
    for item in _each(part, "TextObject"):
        if not _has_place(item) or item.get("Visible") == "false":
            continue
        boundary = numbers(item.get("Boundary"))
        size = numbers(item.get("Size"))
        if _is_turned(item):
            continue
        a, b, c, d, e, f = matrix(item)
        stretch = (numbers(item.get("HScale")) or [1.0])[0]
        x = y = 0.0
        for code in item:
            if local(code) != "TextCode":
                continue
            x = (numbers(code.get("X")) or [x])[0]
            y = (numbers(code.get("Y")) or [y])[0]
            text = (code.text or "").strip("\n\r\t")
            across = _deltas(code.get("DeltaX"), len(text))
            along = _deltas(code.get("DeltaY"), len(text))
            left, down = x, y
            for i, char in enumerate(text):
                em = size[0] * stretch
                wide = em if char >= "\u2e80" else em / 2
                x0 = boundary[0] + a * left + c * down + e
                base = boundary[1] + b * left + d * down + f
                yield Char(
                    char,
                    x0 * _POINTS,
                    (x0 + wide * a) * _POINTS,
                    base * _POINTS,
                    abs(em * a) * _POINTS,
                )
                left += across[i] if i < len(across) else (0.0 if i < len(along) else wide)
                down += along[i] if i < len(along) else 0.0


def _deltas(text: str | None, count: int) -> list[float]:
    """Steps between characters; "g 3 5.6" is 5.6 three times."""
    steps: list[float] = []
    words = iter((text or "").split())
    try:
        for word in words:
            if word == "g":
                repeat, step = int(next(words)), number(next(words))
                steps += [step] * min(repeat, _MAX_REPEAT)
            else:
                steps.append(number(word))
    except (ValueError, StopIteration):
        return steps[:count]
    return steps[:count]


def _rules(part: Any) -> Iterator[dict[str, Any]]:
    """The ruled lines of a page as edges in pdfplumber's sense: paths that are thin."""
    for item in _each(part, "PathObject"):
        boundary = numbers(item.get("Boundary"))
        if len(boundary) != 4:
            continue
        x, y, width, height = (side * _POINTS for side in boundary)
        thin = _RULE * _POINTS
        if (width < thin) == (height < thin):
            continue
        yield edge((x, y, x + width, y + height), height < thin)
