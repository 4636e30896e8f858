"""Plain text and Markdown, to the letter: one physical line is one paragraph, for cleaning to join.

A form feed is a page break and stays as a blank line.
"""

from __future__ import annotations

from extract import lazy as regex
from extract.model import Line, Paragraph, Source
from extract.readers.charset import decode

_BREAK = regex.compile(r"(?:\r\n|\n)?\f|\r\n|[\r\n\v\u0085\u2028\u2029]")


def read(data: bytes, name: str = "") -> Source:
    """A .txt or .md file as read; raises ReadError when it is no text."""
    decoded = decode(data)
    lines = split_lines(decoded.text)
    markdown = name.lower().endswith((".md", ".markdown"))
    if markdown:
        lines = [_unmarked(line) for line in _after_front_matter(lines)]
    blocks = tuple(Paragraph((Line(line),), complete=False) for line in lines)
    return Source("md" if markdown else "txt", blocks, gaps=decoded.gaps)


def split_lines(text: str) -> list[str]:
    """The physical lines of a text; a form feed leaves a blank line in its place."""
    lines: list[str] = []
    last = 0
    for match in _BREAK.finditer(text):
        lines.append(text[last : match.start()])
        if match[0].endswith("\f"):
            lines.append("")
        last = match.end()
    if last < len(text):
        lines.append(text[last:])
    return lines


_HEADING = regex.compile(r"^#{1,6}[ \t]++(.*?)(?:(?<![ \t])[ \t]+#+)?$")
_BOLD = regex.compile(r"(\*\*|__)(?=\S)([^*_\n]++)(?<=\S)\1")


def _unmarked(line: str) -> str:
    """The line without heading and bold marks; what could be text of the paper stays."""
    heading = _HEADING.match(line)
    return _BOLD.sub(r"\2", heading[1] if heading else line)


def _after_front_matter(lines: list[str]) -> list[str]:
    """The lines after a leading YAML block between --- lines."""
    if lines and lines[0].strip() == "---":
        for i, line in enumerate(lines[1:60], 1):
            if line.strip() == "---":
                return lines[i + 1 :]
    return lines
