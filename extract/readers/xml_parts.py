"""XML of a stranger's file, read as far as it goes; what the parser could not keep is told."""

from __future__ import annotations

from typing import Any

from lxml import etree

from extract.model import Gap

_PROGRAMS = {"docx": "Word or WPS", "ofd": "an OFD reader", "xlsx": "Excel or WPS"}
_HARMLESS = frozenset(
    (
        "ERR_INVALID_CHAR", "ERR_ATTRIBUTE_REDEFINED", "ERR_HYPHEN_IN_COMMENT",
        "ERR_RESERVED_XML_NAME", "ERR_UNKNOWN_VERSION",
    )
)  # fmt: skip
"""Faults after which libxml2 goes on and keeps every word: a control character, say, is dropped."""
_OF_ENTITIES = frozenset(("ERR_UNDECLARED_ENTITY", "ERR_ENTITY_LOOP"))
_LIMIT = "ERR_RESOURCE_LIMIT"
_DAMAGED = "the XML is damaged, so text there or after it may be missing"
_DEEP = "elements nest deeper than in any paper, so what follows is missing"
_ENTITIES = "it names entities, which are not expanded, so the words they stand for are missing"


def parse_xml(data: bytes, part: str, format: str) -> tuple[Any, Gap | None]:
    """An XML tree, None where there is none at all, and the gap of the text that it lacks.

    Entities are not expanded but left out, and nothing is fetched. `part` and `format` are what
    the gap calls the XML and the file it is of.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    lack = _fault(parser.error_log, _is_whole(data), _declares(root)) or _entity(root)
    if root is not None:
        etree.strip_elements(root, etree.Entity, with_tail=False)
    return root, _gap(*lack, part, format) if lack else None


def _fault(log: Any, whole: bool, declares: bool) -> tuple[str, str, str] | None:
    """Code, words and place of the first fault in a parser's log that costs text; `declares`:
    whether there are entities at which the parser may have reached its limit."""
    for fault in log:
        kind, place = fault.type_name, f"line {fault.line}, column {fault.column}"
        if fault.level < etree.ErrorLevels.FATAL or (whole and kind in _HARMLESS):
            continue
        if kind in _OF_ENTITIES or (kind == _LIMIT and declares):
            return "entities_not_expanded", _ENTITIES, place
        if kind == _LIMIT:
            return "deep_nesting", _DEEP, place
        return "damaged_xml", _DAMAGED, place
    return None


def _is_whole(data: bytes) -> bool:
    """Whether the end is that of a tag; a cut through a character is no other fault to libxml2
    than a control character."""
    return data.rstrip(b"\x00\t\r\n ").endswith(b">")


def _declares(root: Any) -> bool:
    """Whether the XML declares entities of its own."""
    dtd = None if root is None else root.getroottree().docinfo.internalDTD
    return dtd is not None and next(dtd.iterentities(), None) is not None


def _entity(root: Any) -> tuple[str, str, str] | None:
    """Code, words and place of the first entity in a tree."""
    found = None if root is None else next(root.iter(etree.Entity), None)
    if found is None:
        return None
    return "entities_not_expanded", _ENTITIES, f"line {found.sourceline}"


def _gap(code: str, what: str, place: str, part: str, format: str) -> Gap:
    remedy = f"open it in {_PROGRAMS[format]} and save it again, or get it again"
    return Gap("read", code, f"{part}, {place}: {what}; {remedy}")
