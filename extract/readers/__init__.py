"""read: the bytes of a file into a `Source` of paragraphs and tables, one module a format.

The format is chosen by content, then by suffix (`detect`). What keeps a file from being read at all
raises `ReadError`; what leaves the rest readable becomes a `Gap`.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from importlib import import_module

from extract import lazy as regex
from extract.model import Block, Gap, Grid, Paragraph, Source
from extract.readers.detect import detect
from extract.readers.errors import ReadError
from extract.readers.fields import with_fields_apart, without_fields
from extract.readers.grids import headed
from extract.readers.invisible import visible
from extract.readers.locked import unlocked

__all__ = ["ReadError", "detect", "read"]

_MODULES = {
    "txt": "text",
    "md": "text",
    "html": "html",
    "mhtml": "mail",
    "eml": "mail",
    "docx": "docx",
    "rtf": "rtf",
    "doc": "doc",
    "word_xml": "word_xml",
    "pdf": "pdf",
    "ofd": "ofd",
    "xlsx": "xlsx",
    "xls": "xls",
    "csv": "csv",
    "image": "image",
}
_LETTER = ("txt", "md", "csv")
"""Formats whose lines stay to the letter."""
_BY_PLACE = ("pdf", "ofd", "image")
"""Formats whose tables go on over pages, so that a row at the top is no heading."""
_STROKES = "_＿—―─━=＝*＊﹉﹏~～-"
_DRAWN = re.compile(f"[.·．…{_STROKES}]")
_RULE = regex.compile(rf"\s*(?:[{_STROKES}]\s?){{6,}}\s*")
_CONTENTS = regex.compile(
    r"[^.·…]{1,60}(?:[.·．]\s?){5,}[\s-]*\d{1,4}[\s-]*|[^…]{1,60}…{2,}[\s-]*\d{1,4}[\s-]*"
)
_HAN = regex.compile(r"\p{Han}")
_WITHOUT_TEXT = frozenset(
    (
        "page_without_text", "page_unreadable", "damaged_xml", "entities_not_expanded",
        "deep_nesting", "damaged_mail", "file_cut", "hidden_sheet",
        "hidden_text", "text_elsewhere",
    )
)  # fmt: skip
"""Gaps that tell why a file may have no text."""


def read(data: bytes, name: str = "", password: str | None = None) -> Source:
    """A file's bytes as blocks in reading order; `name` only helps to tell kinds of text apart,
    `password` opens a protected PDF or Office file.

    Raises ReadError for what cannot be read; its message names the next step.
    """
    data = unlocked(data, password)
    kind = detect(data, name)
    reader = import_module(f"extract.readers.{_MODULES[kind]}")
    try:
        source: Source = (
            reader.read(data, name, password) if kind == "pdf" else reader.read(data, name)
        )
    except ReadError as error:
        error.format = error.format or kind
        raise
    except MemoryError:
        raise
    except RecursionError as error:
        raise ReadError(
            "broken_file",
            "the file nests too deep (tables in tables, letters in letters); copy its text into a "
            "new file and give that",
            kind,
        ) from error
    except Exception as error:  # a stranger's bytes can fail in a parser in any way
        raise ReadError(
            "broken_file",
            "the file is damaged, or built in a way that is not read here; open it in the program "
            "that made it, save it again, or as PDF, and give that",
            kind,
        ) from error
    source = dataclasses.replace(source, blocks=tuple(map(visible, source.blocks)))
    return _checked(_tidied(source) if kind not in _LETTER else _to_the_letter(source))


def _to_the_letter(source: Source) -> Source:
    """The source with all its lines, the fields at its head in `printed` too."""
    blocks, stated = with_fields_apart(source.blocks)
    return dataclasses.replace(source, blocks=tuple(blocks), printed={**stated, **source.printed})


def _tidied(source: Source) -> Source:
    """The source without rules drawn with characters and lines of a table of contents, headings of
    tables before them, and the fields at its head in `printed`."""
    blocks: Iterable[Block] = source.blocks
    if source.format not in _BY_PLACE:
        blocks = headed(blocks)
    kept = [block for block in blocks if isinstance(block, Grid) or not _is_idle(block)]
    kept, stated = without_fields(kept)
    return dataclasses.replace(source, blocks=tuple(kept), printed={**stated, **source.printed})


def _is_idle(paragraph: Paragraph) -> bool:
    text = "".join([line.text for line in paragraph.lines])
    if not _DRAWN.search(text):  # as in nearly every line: no need to try the patterns
        return False
    return bool(_RULE.fullmatch(text) or _CONTENTS.fullmatch(text))


def _checked(source: Source) -> Source:
    """The source, with a gap where it holds no Chinese at all and no other gap says why."""
    if any(gap.code in _WITHOUT_TEXT for gap in source.gaps) or _has_han(source):
        return source
    gap = Gap("read", "no_chinese", "there is no Chinese character in the file; is it the paper?")
    return dataclasses.replace(source, gaps=(*source.gaps, gap))


def _has_han(source: Source) -> bool:
    for block in source.blocks:
        parts = block.cells if isinstance(block, Grid) else (block,)
        if any(_HAN.search(line.text) for part in parts for line in part.lines):
            return True
    return False
