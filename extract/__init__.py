"""gongwen: Chinese government papers into records.

The verbs in flow order: read → clean → outline → find → assemble. Bytes in, records out; no path
but the one given, no printing, no state: the same bytes give the same records.

    from extract import extract
    result = extract("notice.txt")
    result.frame("tasks")
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from extract.assemble import assemble
from extract.clean import clean
from extract.model import Diagnostic, Document
from extract.readers import ReadError, read
from extract.result import Extraction, rules_version

__all__ = ["Extraction", "extract", "extract_bytes", "extract_text", "rules_version"]


def extract(path: str | os.PathLike[str], password: str | None = None) -> Extraction:
    """The records of one file; a file that cannot be read is one `failed` document."""
    file = Path(path)
    try:
        data = file.read_bytes()
    except OSError as error:
        return unreadable(
            file.name, f"cannot open: {error.strerror}; check the path and its rights"
        )
    return extract_bytes(data, file.name, password)


def extract_text(text: str, source: str = "text") -> Extraction:
    """The records of a string."""
    return extract_bytes(text.encode("utf-8"), source)


def extract_bytes(data: bytes, source: str, password: str | None = None) -> Extraction:
    """The records of a file's bytes; `source` names it in the tables and hints at its format."""
    sha256 = hashlib.sha256(data).hexdigest()
    document = Document(
        doc_id=sha256[:16], source=source, sha256=sha256, rules_version=rules_version()
    )
    try:
        read_file = read(data, source, password)
    except ReadError as error:
        document.format = error.format
        return _failed(document, error.code, str(error))
    return assemble(document, read_file, clean(read_file))


def unreadable(
    source: str, message: str, sha256: str | None = None, code: str = "unreadable"
) -> Extraction:
    """The records of a file that gave no rows: one failed document and its reason.

    Without its bytes, and so their `sha256`, the id comes from its `source`.
    """
    known = sha256 or hashlib.sha256(source.encode("utf-8", "surrogateescape")).hexdigest()
    document = Document(doc_id=known[:16], source=source, rules_version=rules_version())
    document.sha256 = sha256
    return _failed(document, code, message)


def _failed(document: Document, code: str, message: str) -> Extraction:
    document.status = "failed"
    document.error = message
    gap = Diagnostic(doc_id=document.doc_id, stage="read", code=code, message=message)
    return Extraction(documents=[document], diagnostics=[gap])
