"""XLSX: each visible sheet a table, merged cells once, under the sheet's name."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils import range_boundaries

from extract import lazy as regex
from extract.model import Gap, Source
from extract.readers.errors import ReadError
from extract.readers.package import Package
from extract.readers.sheets import MAX_CELLS, Place, Sheet, Span, shown, source_of

_LAST_ROW = 1_048_576
_MOST_PLACES = 16 * MAX_CELLS
"""Places that are looked at in a sheet: rows of one cell in the last column are mostly empty."""
_FORMULA = regex.compile(rb"<(?:\w{1,20}:)?f[\s>/]")
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read(data: bytes, name: str = "") -> Source:
    """A workbook's visible sheets as grids, values as they were last computed. One whose XML is not
    whole, or declares entities, which openpyxl may expand, is read as far as it goes without."""
    package = Package(data, "xlsx")
    if not package.declares_entities():
        try:
            return _source(data, package)
        except (MemoryError, ReadError):
            raise
        except Exception:  # a stranger's XML can fail in openpyxl in any way
            package.gaps.clear()
    mended = package.mended()
    told = tuple(package.gaps.values())
    try:
        source = _source(mended, Package(mended, "xlsx"))
    except Exception as error:
        if not told:
            raise
        raise ReadError("broken_file", told[0].message, "xlsx") from error
    return replace(source, gaps=told + source.gaps)


def _source(data: bytes, package: Package) -> Source:
    # read only: openpyxl makes no cells but those of the file, a merge of whole columns none
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    parts = _parts(package)
    source = source_of(
        "xlsx",
        (_sheet(sheet, package.read(parts[sheet.title]) or b"") for sheet in book.worksheets),
    )
    return replace(source, gaps=source.gaps + tuple(_missing(package, parts)))


def _missing(package: Package, parts: dict[str, str]) -> Iterator[Gap]:
    """A gap for each sheet whose part the file does not hold; openpyxl passes over it."""
    for name, path in parts.items():
        part = path.lstrip("/")
        if part not in package.names:
            message = (
                f"sheet {name} could not be read: its part {part} is missing; open the file in "
                "Excel or WPS and save it again, or get it again"
            )
            yield Gap("read", "page_unreadable", message)


def _sheet(sheet: Any, xml: bytes) -> Sheet:
    """openpyxl's sheet, with what it does not tell of a book that it only reads: merged cells,
    hidden rows and formulas without a value."""
    spans: dict[Place, Span] = {}
    hidden: set[int] = set()
    valueless, may_have_formulas = 0, _FORMULA.search(xml) is not None
    for _, element in etree.iterparse(io.BytesIO(xml), tag=("{*}row", "{*}mergeCell")):
        if element.get("ref"):
            left, top, right, bottom = range_boundaries(element.get("ref"))
            spans[top, left] = bottom, right
        elif element.get("hidden") in ("1", "true") and (element.get("r") or "").isdecimal():
            hidden.add(int(element.get("r")))
        valueless += sum(map(_is_valueless, element)) if may_have_formulas else 0
        element.clear()
    is_hidden = sheet.sheet_state != "visible"
    return Sheet(sheet.title, _values(sheet), spans, is_hidden, hidden, valueless)


def _is_valueless(cell: Any) -> bool:
    """Whether a cell holds a formula that no program has worked out."""
    value = cell.find("{*}v")
    return cell.find("{*}f") is not None and (value is None or value.text is None)


def _values(sheet: Any) -> dict[Place, str] | None:
    """The texts of a sheet's filled cells; None where there are too many to be a paper's."""
    sheet.reset_dimensions()  # what the file says of its own size can be wrong
    found: dict[Place, str] = {}
    places = 0
    for row in sheet.iter_rows(max_row=_LAST_ROW):
        places += len(row)
        if places > _MOST_PLACES or len(found) > MAX_CELLS:
            return None
        for cell in row:
            if cell.value is not None:
                found[cell.row, cell.column] = shown(cell.value, cell.number_format or "")
    return found


def _parts(package: Package) -> dict[str, str]:
    """The part of each sheet by the sheet's name."""
    links = {
        link.get("Id"): posixpath.join("xl", link.get("Target"))
        for link in package.xml("xl/_rels/workbook.xml.rels").iter("{*}Relationship")
    }
    return {
        sheet.get("name"): posixpath.normpath(links[sheet.get(_LINK)])
        for sheet in package.xml("xl/workbook.xml").iter("{*}sheet")
    }
