"""PDF: each printed line a paragraph with page and box, ruled tables as grids, pictures by OCR.

PDFium reads the pages that provably have no table, pdfplumber the others.
"""

from __future__ import annotations

from threading import Lock

from extract import lazy as regex
from extract.model import Gap, Source
from extract.readers.errors import ReadError
from extract.readers.page_columns import in_reading_order
from extract.readers.page_furniture import without_furniture
from extract.readers.page_lines import Char
from extract.readers.page_tables import grid_of
from extract.readers.pages import Page, blocks_of
from extract.readers.pdf_file import PdfFile, PdfPage
from extract.readers.scans import read_scan
from extract.readers.text_pictures import TextPictures
from extract.readers.vertical import as_lines, is_vertical

_MAX_PAGES = 5000
_FEW = 20
_LOST = 0.3
_UNREADABLE = regex.compile(r"[\ufffd\p{Co}]")
_HAN = regex.compile(r"\p{Han}")
_UNSEEN = {
    "elsewhere": "page {} has text, but none that stands upright on what is shown of the page; "
    "print the PDF to a new PDF, or turn the page there",
    "small": "page {} has text in type smaller than 2 points only, which was left out, as nobody "
    "can read it; print the page enlarged to a new PDF if it is a part of the paper",
}
"""What to say of words that are not seen, by how they stand (`pdf_unseen`)."""
_ONE_AT_A_TIME = Lock()


def read(data: bytes, name: str = "", password: str | None = None) -> Source:
    """A PDF as read; pages that cannot be read become gaps, an encrypted or broken file raises."""
    pages: list[Page] = []
    gaps: list[Gap] = []
    pictures = TextPictures(gaps)
    with _ONE_AT_A_TIME, PdfFile(data, password) as file:
        count = len(file)
        gaps += _beside_pages(file)
        for page in file.pages(min(count, _MAX_PAGES)):
            try:
                pages += _page(page, pictures, gaps)
            except Exception as error:  # a page of a broken file can fail in a parser in any way
                gaps.append(_unreadable(page.number, error))
    if count > _MAX_PAGES:
        message = f"only the first {_MAX_PAGES} of {count} pages were read; split the PDF"
        gaps.append(Gap("read", "too_many_pages", message))
    pictures.tell_of_rest()
    without_furniture(pages)
    return Source("pdf", tuple(blocks_of(pages)), pages=count, gaps=tuple(gaps))


def _beside_pages(file: PdfFile) -> list[Gap]:
    """Gaps for what a PDF holds that no page shows."""
    gaps = []
    if names := file.attachments():
        message = (
            f"the PDF carries other files ({', '.join(names)}), which were not read; save them "
            "from a PDF reader and give them"
        )
        gaps.append(Gap("read", "attachment_not_read", message))
    if file.is_dynamic_form():
        message = (
            "the PDF is a form (XFA) whose pages a program makes; open it in Adobe Reader, print "
            "it to PDF and give that"
        )
        gaps.append(Gap("read", "text_elsewhere", message))
    return gaps


def _unreadable(number: int, error: Exception) -> Gap:
    why = error.message if isinstance(error, ReadError) else type(error).__name__
    message = f"page {number} could not be read ({why}); print the PDF to a new PDF"
    return Gap("read", "page_unreadable", message)


def _page(page: PdfPage, pictures: TextPictures, gaps: list[Gap]) -> list[Page]:
    """The page as read, from its text layer or its picture; none where there is neither."""
    chars = page.chars()
    seen = "".join("".join([char.text for char in chars]).split())
    why = None
    if len(seen) < _FEW and page.is_pictured():
        why = "is a picture without a text layer"
        if seen:
            why = f"is a picture or drawing whose text layer has only {len(seen)} characters"
    elif not _is_readable(seen) and len(_UNREADABLE.findall(seen)) > _LOST * len(seen):
        why = "has a text layer whose font gives no Unicode values"
    if why:
        scanned = read_scan(page.pixels, page.number, why, gaps)
        if scanned:
            return [scanned]
    gaps += [*_lost(seen, page.number), *_unseen(page, seen)] if not why else []
    annotations = page.annotations
    if annotations.chars:
        chars = chars + annotations.chars
    vertical = is_vertical(chars)
    gaps += [*_hidden(page), *_annotated(page.number, annotations.unread), *_askew(page, vertical)]
    laid_out = _laid_out(page, chars, vertical)
    if not why:
        pictures.read(laid_out, lambda: page.pictures(chars), lambda: page.pixels(page.angle))
    return [laid_out]


def _is_readable(seen: str) -> bool:
    """Whether no character is for private use or stands for one unknown: a quick look at most
    pages, as characters for private use are not printable."""
    return seen.isprintable() and "\ufffd" not in seen


def _lost(seen: str, number: int) -> list[Gap]:
    lost = seen.count("\ufffd")
    if not lost:
        return []
    message = (
        f"{lost} of {len(seen)} characters of page {number} have no Unicode value and stand as "
        "\ufffd; compare the page"
    )
    return [Gap("read", "glyphs_without_text", message)]


def _unseen(page: PdfPage, seen: str) -> list[Gap]:
    """A gap where words of the page are not among the characters seen, as far as that shows."""
    if page.is_damaged():
        message = (
            f"what draws page {page.number} is missing or damaged in the file, so words of it may "
            "be lost; compare the page, or get the file again from its origin"
        )
        return [Gap("read", "page_unreadable", message)]
    how = "" if _HAN.search(seen) else page.unseen_words(bool(seen))
    return [Gap("read", "page_unreadable", _UNSEEN[how].format(page.number))] if how else []


def _hidden(page: PdfPage) -> list[Gap]:
    """Gaps for words that the page holds and does not show."""
    gaps = []
    if words := page.hidden.words:
        message = (
            f"page {page.number} holds words that it does not show (without ink, white on white, "
            f"or on a layer that is switched off), which were left out: {words[:_FEW]}; show them "
            "and print the PDF to a new PDF if they belong to the paper"
        )
        gaps.append(Gap("read", "hidden_text", message))
    if page.may_show_hidden_layers():
        message = (
            f"page {page.number} has layers that are switched off, whose words may stand among "
            "those read; print the PDF to a new PDF, which holds only what is shown"
        )
        gaps.append(Gap("read", "hidden_layers", message))
    return gaps


def _annotated(number: int, unread: int) -> list[Gap]:
    """A gap for so many annotations of a page whose words are not read."""
    if not unread:
        return []
    message = (
        f"{unread} stamps or drawings that are laid over page {number} "
        "(annotations) show words, which were not read; print the PDF to a new PDF, where they are "
        "a part of the page, if they belong to the paper"
    )
    return [Gap("read", "annotation_not_read", message)]


def _askew(page: PdfPage, vertical: bool) -> list[Gap]:
    """Gaps for text of a page that is not set in upright lines."""
    if _HAN.search(page.sideways):
        message = (
            f"page {page.number} has {len(page.sideways)} characters that stand sideways to the "
            f"others and were left out: {page.sideways[:_FEW]}; compare the page"
        )
        return [Gap("read", "sideways_text", message)]
    if page.slant:
        message = (
            f"the text of page {page.number} stands aslant by {abs(page.slant):.1f} degrees and "
            "was read as if straightened; a table there is read as lines only, so compare the page"
        )
        return [Gap("read", "page_aslant", message)]
    if vertical:
        message = (
            f"page {page.number} is set in columns from top to bottom, which were read as lines, "
            "the rightmost first; places are counted along them, so compare the page"
        )
        return [Gap("read", "vertical_text", message)]
    return []


def _laid_out(page: PdfPage, chars: list[Char], vertical: bool) -> Page:
    if vertical:
        width, height = page.size()
        return Page(page.number, height, width, in_reading_order(as_lines(chars, width)), [])
    grids = []
    for table in page.tables(chars):
        grid, chars = grid_of(table, chars, page.number)
        grids.append((table.box[1], grid))
    width, height = page.size()
    return Page(page.number, width, height, in_reading_order(chars), grids)
