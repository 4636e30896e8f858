"""Which gaps of reading make a paper partial: every code that a reader gives is decided here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import extract
from extract import extract_bytes
from extract.model import Gap, Line, Paragraph, Source

CODES = {
    "page_without_text": "partial",
    "page_unreadable": "partial",
    "too_many_pages": "partial",
    "file_cut": "partial",
    "no_text": "partial",
    "picture_not_read": "partial",
    "picture_in_text": "partial",
    "too_many_pictures": "partial",
    "sheet_too_large": "partial",
    "attachment_not_read": "partial",
    "annotation_not_read": "partial",
    "deep_nesting": "partial",
    "damaged_xml": "partial",
    "entities_not_expanded": "partial",
    "damaged_mail": "partial",
    "glyphs_without_text": "partial",
    "undecoded_bytes": "partial",
    "text_elsewhere": "partial",
    "formula_without_value": "partial",
    "sideways_text": "partial",
    # it was read and may not be the paper
    "no_chinese": "ok",
    # it was read and is to be compared; what is left out may be a stroke of a seal
    "ocr_doubtful": "ok",
    "page_aslant": "ok",
    "vertical_text": "ok",
    # the sheet does not show them either
    "hidden_cells": "ok",
    "hidden_sheet": "ok",
    # nor does the page
    "hidden_text": "ok",
    # they were read
    "hidden_rows": "ok",
    "hidden_layers": "ok",
    # seals are no text
    "signed": "ok",
}
_READERS = Path(extract.__file__).parent / "readers"


def _given(tree: ast.AST) -> Iterator[str]:
    """The codes that a module gives to its gaps; those of XML stand at the head of what its faults
    return."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name("Gap"), args=[_, ast.Constant(str(code)), *_]):
                yield code
            case ast.Return(value=ast.Tuple([ast.Constant(str(code)), ast.Name(), _])):
                yield code


def test_every_code_of_reading_is_decided() -> None:
    modules = {path.name: ast.parse(path.read_bytes()) for path in _READERS.glob("*.py")}
    given = {code for tree in modules.values() for code in _given(tree)}
    assert given == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_paper_of_which_a_part_was_not_read_is_partial(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gap = Gap("read", code, "said")
    source = Source("txt", (Paragraph((Line("各县区："),)),), gaps=(gap,))
    monkeypatch.setattr(extract, "read", lambda *given: source)
    found = extract_bytes(b"", "a.txt")
    assert (found.diagnostics[0].code, found.document.status) == (code, CODES[code])
