"""Paragraphs from printed lines: what a page's end or a line's width had cut is joined again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from extract import lazy as regex
from extract.clean import ends
from extract.clean.printed import Break, Printed
from extract.clean.width import Wrap, find_wrap
from extract.model import Line, Paragraph

_TAIL = 400
_LONGEST_HEADING = 45
_NEARLY_FULL = 0.85
"""Of the width: so far does a line come from which the printer moved a word to the next."""
_SHORT_PROSE, _LONG_PROSE = 6, 20
_PAIRS = {")": "(", "》": "《", "”": "“", "〉": "〈"}
_OPENERS = {opener: closer for closer, opener in _PAIRS.items()}
_COPIES = regex.compile(r"(?:抄送|抄报|主送|分送|报送)(?:机关)?:")
_SIGNS = regex.compile("[()《》“”〈〉]")


class Draft:
    """A paragraph while its lines are gathered; what joining asks of it costs no second reading."""

    def __init__(self, first: Printed) -> None:
        self.first = first
        self.last = first
        self.lines: list[Line] = []
        self.tail = ""
        self.size = 0
        self._clause = False
        self._open: list[tuple[str, int]] = []
        self.add(first)

    def add(self, line: Printed) -> None:
        """Take a line in."""
        self.last = line
        self.lines.append(line.line)
        self.tail = (self.tail + line.folded)[-_TAIL:]
        for found in _SIGNS.finditer(line.folded):
            sign = found[0]
            if sign in _OPENERS:
                self._open.append((sign, self.size + found.start()))
            else:
                self._close(_PAIRS[sign])
        self.size += len(line.folded)
        self._clause = self._clause or ends.is_running(line.folded)

    def _close(self, opener: str) -> None:
        for at in range(len(self._open) - 1, max(-1, len(self._open) - 9), -1):
            if self._open[at][0] == opener:
                del self._open[at:]
                return

    def closed_by(self, folded: str) -> bool:
        """Whether a line closes a bracket that stands open at the end of this paragraph."""
        return any(
            self.size - at < _TAIL and ends.closes(folded, sign, _OPENERS[sign])
            for sign, at in self._open[-3:]
        )

    @property
    def lists_duties(self) -> bool:
        """Whether a bracket that says who answers broke off in its list: （责任单位：甲、."""
        if not self._open or not self.tail.endswith((":", "、", ",")):
            return False
        bracket = self._open[-1][1] - (self.size - len(self.tail))
        return bracket >= 0 and ends.is_duty(self.tail[bracket:])

    @property
    def running(self) -> bool:
        """Whether it is running text, not a heading or title."""
        return self._clause or (self.size >= _LONGEST_HEADING and not ends.is_title(self.tail))

    @property
    def finished(self) -> bool:
        """Whether it may end here: not with a colon inside a bracket."""
        if self.tail[-1:] in (":", ";") and any(self.size - at < _TAIL for _, at in self._open):
            return False
        return ends.is_finished(self.tail)

    @property
    def alone(self) -> bool:
        """Whether it is a date, a number or an address, which nothing continues."""
        if self.tail.endswith(":") and self.size < _TAIL:
            return ends.is_address(self.tail)
        return len(self.lines) == 1 and ends.is_alone(self.first.folded)


class Page:
    """What the document as a whole says about its paragraphs: wrap, indents, headings, wording."""

    def __init__(self, lines: Sequence[Printed]) -> None:
        self.lines = lines
        self.wrap: Wrap | None = find_wrap(lines)

    @cached_property
    def _labels(self) -> tuple[Counter[str], Counter[str]]:
        """How often each kind of label has a bare heading, and one that runs on into text."""
        bare: Counter[str] = Counter()
        run_in: Counter[str] = Counter()
        for at, line in enumerate(self.lines):
            kind = ends.label_kind(line.folded)
            if kind:
                side = run_in if self._runs_on(at) else bare
                side[kind] += 1
        return bare, run_in

    def runs_in(self, kind: str) -> bool:
        """Whether headings with such a label run on into text on their line: 1.提高能力。各级…"""
        bare, run_in = self._labels
        return run_in[kind] > 2 and bare[kind] * 2 <= run_in[kind]

    def may_run_in(self, kind: str) -> bool:
        """Whether one heading or more with such a label does."""
        return self._labels[1][kind] > 0

    def _runs_on(self, at: int) -> bool:
        """Whether a label's line holds running text, on itself or on the full lines it begins."""
        for line, following in zip(
            self.lines[at : at + 4], self.lines[at + 1 : at + 5], strict=False
        ):
            if ends.is_running(line.folded):
                return True
            if self.wrap is None or not self.wrap.full(line, following):
                return False
        return False

    @cached_property
    def indented(self) -> bool:
        """Whether its paragraphs begin with an indent."""
        wide = [
            line for line in self.lines if ends.is_running(line.folded) and len(line.folded) > 12
        ]
        margin = self.wrap.margin if self.wrap else 0
        starts = [line for line in wide if line.indent >= margin + 2]
        if self.wrap is None:
            return len(starts) * 10 >= len(wide) * 7 and len(starts) > 2
        labelled = [line for line in self.lines if ends.label_kind(line.folded)]
        inside = [line for line in labelled if line.indent >= margin + 2]
        return len(starts) > 2 and len(inside) * 2 >= len(labelled)

    @cached_property
    def _words(self) -> str:
        return "\n".join(line.folded for line in self.lines)

    def says(self, above: str, below: str) -> bool:
        """Whether the characters on both sides of a break stand together elsewhere in the paper."""
        threes = (above[-2:] + below[:1], above[-1:] + below[:2])
        return any(len(three) == 3 and three in self._words for three in threes)


def join(runs: Iterable[Sequence[Printed]], page: Page) -> list[list[Paragraph]]:
    """The paragraphs of each run of lines (tables stand between runs)."""
    return [_join_run(run, page) for run in runs]


def _join_run(lines: Sequence[Printed], page: Page) -> list[Paragraph]:
    drafts: list[Draft] = []
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else None
        if drafts and goes_on(drafts[-1], line, following, page):
            drafts[-1].add(line)
        else:
            drafts.append(Draft(line))
    return [Paragraph(tuple(draft.lines)) for draft in drafts]


def goes_on(draft: Draft, line: Printed, following: Printed | None, page: Page) -> bool:
    """Whether a line continues the paragraph before it. `following` is the line after it."""
    if ends.cannot_begin(line.folded):
        return True
    bare = len(draft.lines) == 1 and ends.is_bare(draft.first.folded)
    if (bare or draft.lists_duties) and not _begins(line):
        return True
    if draft.alone or _is_signature(line, following):
        return False
    if line.opens:
        return _was_cut_for_certain(draft, line, page)
    wrap = page.wrap
    if wrap is None or draft.last.opens:
        return _was_cut(draft, line, page)
    if line.before is Break.BLANK and not wrap.spaced:
        return _was_cut(draft, line, page)
    return _was_wrapped(draft, line, wrap, page)


def _is_signature(line: Printed, following: Printed | None) -> bool:
    if following is None or not ends.is_organ(line.folded):
        return False
    joint = ends.is_organs(line.folded) and ends.is_organ(following.folded)
    return joint or ends.is_date(following.folded)


def _begins(line: Printed) -> bool:
    folded = line.folded
    return ends.label_kind(folded) is not None or ends.is_opener(folded)


def _was_cut_for_certain(draft: Draft, line: Printed, page: Page) -> bool:
    """For formats that mark their paragraphs: a cut shows as a comma or an open bracket."""
    if _begins(line) or ends.is_duty(line.folded) or ends.is_weak_opener(line.folded):
        return False
    if line.indent >= 2:
        return False
    if ends.dangles(draft.tail) and draft.running:
        return True
    return draft.closed_by(line.folded)


def _was_wrapped(draft: Draft, line: Printed, wrap: Wrap, page: Page) -> bool:
    """In wrapped text a full line goes on, whatever it ends with; a short one ends its
    paragraph, and so does an indent."""
    full = wrap.full(draft.last, line)
    unfinished = draft.running and not draft.finished
    if _begins(line):
        return full and unfinished and line.indent < wrap.margin + 1.5
    if draft.closed_by(line.folded) or _is_hung_copies(draft, line):
        return True
    if full and unfinished:
        return ends.dangles(draft.tail) or not _is_set_in(draft, line, wrap, page)
    if line.indent >= wrap.margin + 1.5 and not _hangs(draft, line):
        return False
    if not full:
        near = wrap.measure.right(draft.last) > wrap.width * _NEARLY_FULL and not draft.finished
        cut = (line.before is Break.PAGE or unfinished or near) and _was_cut(draft, line, page)
        return cut or (draft.running and ends.dangles(draft.tail))
    if ends.is_alone(line.folded):
        return draft.running and draft.tail.endswith(";")
    if draft.finished and line.before is Break.PAGE and page.indented:
        return draft.running
    if draft.running or not ends.is_running(line.folded):
        return True
    return not _is_whole_heading(draft, line, page)


def _is_hung_copies(draft: Draft, line: Printed) -> bool:
    """Whether a line goes on with 抄送：…, whose lines hang from the first one's colon."""
    listed = _COPIES.match(draft.first.folded) and not draft.tail.endswith("。")
    return bool(listed) and line.indent > draft.first.indent + 3 and not line.text.endswith("印发")


def _is_set_in(draft: Draft, line: Printed, wrap: Wrap, page: Page) -> bool:
    """Whether a line whose place on the page is known begins with an indent of two characters."""
    inside = line.line.box is not None and line.indent >= wrap.margin + 3
    return inside and page.indented and not _hangs(draft, line)


def _hangs(draft: Draft, line: Printed) -> bool:
    """Whether the paragraph's lines all stand at the same indent, further in than the margin."""
    beside = abs(line.indent - draft.last.indent) < 1 and len(draft.lines) > 1
    return beside and line.before is Break.NONE


def _is_whole_heading(draft: Draft, line: Printed, page: Page) -> bool:
    """Whether a full line without a clause is a heading or title after all."""
    if draft.closed_by(line.folded) or page.says(draft.tail, line.folded):
        return False
    kind = ends.label_kind(draft.first.folded)
    if kind is None:
        return ends.is_title(draft.tail)
    return not _heading_runs_in(kind, line, page)


def _heading_runs_in(kind: str, line: Printed, page: Page) -> bool:
    """Whether a line goes on with a heading that runs on into text: 导。各县（区）要切实加强…"""
    return page.runs_in(kind) or (page.may_run_in(kind) and ends.ends_heading(line.folded))


def _was_cut(draft: Draft, line: Printed, page: Page) -> bool:
    """In unwrapped text a line goes on only where a page's end cut a sentence."""
    if line.indent >= 2 and page.indented:
        return False
    dangling = ends.dangles(draft.tail)
    if _begins(line) or ends.is_duty(line.folded):
        return dangling and draft.running and draft.closed_by(line.folded)
    if ends.is_alone(line.folded):
        return False
    if draft.closed_by(line.folded):
        return True
    if ends.is_address(line.folded) and not dangling:
        return False
    if draft.finished:
        return _goes_on_after_stop(draft, line, page)
    if ends.is_weak_opener(line.folded) and not dangling:
        return False
    if draft.running:
        return True
    return _heading_was_cut(draft, line, page)


def _goes_on_after_stop(draft: Draft, line: Printed, page: Page) -> bool:
    """A page's end after a full stop or semicolon: the missing indent shows that it goes on."""
    if line.before is not Break.PAGE or not (draft.running and ends.is_running(line.folded)):
        return False
    return page.indented or draft.tail.endswith(";")


def _heading_was_cut(draft: Draft, line: Printed, page: Page) -> bool:
    """A line without a clause is a heading, unless something shows that it was cut."""
    if not ends.is_running(line.folded):
        return False
    if ends.dangles(draft.tail) or ends.clings(line.folded):
        return True
    kind = ends.label_kind(draft.first.folded)
    if kind is not None and _heading_runs_in(kind, line, page):
        return True
    if ends.is_title(draft.tail) or ends.is_organ(draft.tail):
        return False
    if page.says(draft.tail, line.folded):
        return True
    if kind is not None:
        return False
    least = _SHORT_PROSE if line.before is Break.PAGE else _LONG_PROSE
    return draft.size >= least or ends.begins_prose(draft.first.folded)
