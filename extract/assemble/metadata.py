"""The columns of `documents` that a paper says of itself: title, number, issuers, dates, … ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from extract import lazy as regex
from extract.assemble.own_place import own_place, place_of_congress
from extract.assemble.title_issuers import title_names
from extract.lens import View, fold
from extract.model import Canonical, Place, Setting
from extract.outline.front import Span
from extract.outline.marks import DISCLOSURE, is_date, is_organ
from extract.outline.parts import Parts
from extract.rules.organs.names import normalise
from extract.rules.organs.places import NATION, by_number, find_place, short_name
from extract.rules.organs.zones import zone_of
from extract.rules.papers.addressees import split_addressees
from extract.rules.papers.issuers import split_names
from extract.rules.papers.papers import closed_up, find_numbers, genre, print_number, read_date
from extract.rules.papers.plan_years import plan_years


@dataclass(frozen=True, slots=True)
class Metadata:
    """Columns of the same names (contract, documents); `place` is what the region's come from, and
    `place_from_text` that no head says it; `zone` is the development zone whose board issues it."""

    title: str | None = None
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    region_code: str | None = None
    region_name: str | None = None
    admin_level: str | None = None
    genre: str | None = None
    signed_on: date | None = None
    printed_on: date | None = None
    recipients: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    disclosure: str | None = None
    plan_start: int | None = None
    plan_end: int | None = None
    place: Place | None = None
    place_from_text: bool = False
    zone: str = ""

    @property
    def is_official(self) -> bool:
        """Whether the text has a mark of an official paper (GB/T 9704): a genre, number, organ."""
        marks = self.genre or self.doc_number or self.issuers or self.recipients
        return bool(marks) or (self.title or "").endswith("文件")

    @property
    def setting(self) -> Setting:
        """What the paper says to its parts: place, when it was written, years of its plan."""
        return Setting(
            self.place,
            self.signed_on or self.printed_on,
            self.plan_start,
            self.plan_end,
            draft=_DRAFT.search(self.title or "") is not None,
            numbered_in=int(year[1])
            if (year := _OF_NUMBER.search(self.doc_number or ""))
            else None,
            zone=self.zone,
        )


def read_metadata(canonical: Canonical, parts: Parts, printed: Mapping[str, str]) -> Metadata:
    """The document columns; `printed` is what the page states beside the paper (label to value)."""
    reader = _Reader(canonical, parts, {fold(k): v for k, v in printed.items()})
    title = reader.title()
    number = reader.number()
    issuers = reader.issuers(title)
    place = _place(issuers, title, number) or place_of_congress(canonical.text)
    issuers = [_spelled_out(issuer, place) for issuer in issuers]
    guessed = own_place(canonical.text, title or "") if place is None else None
    place = place or guessed
    start, end = plan_years(title or "")
    return Metadata(
        title=title,
        doc_number=number,
        issuers=tuple(issuers),
        region_code=place.code if place else None,
        region_name=place.full_name if place else None,
        admin_level=place.admin_level if place else None,
        genre=genre(title) if title else None,
        signed_on=reader.signed_on(number),
        printed_on=reader.printed_on(),
        recipients=tuple(reader.recipients()),
        cc=tuple(reader.cc()),
        disclosure=reader.disclosure(),
        plan_start=start,
        plan_end=end,
        place=place,
        place_from_text=guessed is not None,
        zone=next(filter(None, map(zone_of, issuers)), ""),
    )


_OF_PROVINCE = regex.compile("全省|全自治区")
_OF_NUMBER = regex.compile(r"[〔\[(【［（]((?:19|20)\d\d)")
_DRAFT = regex.compile(r"征求意见稿|征集意见稿|公开征求|草案|送审稿|讨论稿|征求.{0,40}意见")


def _place(issuers: Sequence[str], title: str | None, number: str | None) -> Place | None:
    """The issuer's place: from its name, settled by the title's and the number's place."""
    from_title = find_place(title) if title else None
    of_province = _OF_PROVINCE.search(title or "") is not None
    near = from_title or (by_number(number, of_province=of_province) if number else None)
    places = [place for issuer in issuers if (place := find_place(issuer, near))]
    for issuer in issuers:
        if place := find_place(issuer, near):
            if place.name not in issuer and places[-1].code != place.code:
                within = places[-1].full_name.startswith(place.full_name)
                return places[-1] if within else place
            lower = from_title and from_title.full_name.startswith(place.full_name)
            named = from_title and from_title.name.rstrip("市县区") in issuer
            unsaid = (
                place != NATION and short_name(place) not in issuer
            )  # of a zone: 中关村科学城管理委员会
            return from_title if lower and (named or unsaid) else place
    strange = any(map(_OF_DIVISION.match, issuers)) and from_title is None
    return None if strange else near


_OF_DIVISION = regex.compile(
    r"(?![省市县区])\p{Han}{2,5}[市县区旗](?=人民政府|政府|\p{Han}{2,12}(?:局|委员会|办公室)$)"
)
"""An issuer that names its city or county; where no register has it, the letter of its number says
nothing: 云溪市人民政府, 云政办发."""


def _spelled_out(issuer: str, place: Place | None) -> str:
    """An issuer that the paper only names from inside its place: 市教委 of 天津市."""
    if place is None or _INSIDE.match(issuer) is None:
        return issuer
    named = normalise(issuer, Setting(place))
    return named.name if named.known and named.unit_type == "organ" else issuer


_INSIDE = regex.compile(r"(?:市(?!场)|[省县区州盟旗])(?!\p{Han}{0,3}[市县区州])|自治区")
_LABELS = {
    "title": ("标题", "名称", "信息名称"),
    "number": ("发文字号", "文号", "发文文号"),
    "issuer": ("发文机关", "发布机构", "发文单位", "制定机关", "发布机关", "公布机关"),
    "signed": ("成文日期", "发文日期", "签发日期", "印发日期", "公布日期"),
    "published": ("发布日期", "发布时间", "生成日期"),
    "disclosure": ("公开方式", "公开属性", "公开类别", "公开形式", "公开类型"),
}
_SHORT_FORM = regex.compile(
    r"\A(?:市(?!场)|省|县|区|州|盟|旗|自治区|园区|本)(?!\p{Han}{0,3}[市县区州])|(?:管委会|管委|教委)\Z"
)
_HEAD_ORGAN = regex.compile(
    r"日(?P<organ>[\p{Han}()]{2,40}?)(?:文件|令|公告|发布|公布|,|第|[\p{Han}]{1,8}\()"
)
_DECREE = regex.compile(r"(?:\A|\n) ?(?P<order>\p{Han}{2,30}令) ?\n ?(?P<number>第\d{1,4}号) ?\n")
_HEAD_LENGTH = 600
_PRINTED_LINE = regex.compile(r"印(?:发|制)?[。.]?\Z")
_PRINT_DATE = regex.compile(r"\d{4}年\d{1,2}月\d{1,2}日印(?:发|制)?[。.]?")
_CC = regex.compile(r"\A(?:抄送|抄报|抄送机关)(?:机关|单位)?:|\A送:")
_NUMBER_PRINTED = regex.compile(r"[。 ]?\(?共印 ?\d+ ?份\)?[。.]?\Z")
_OTHER_CUE = regex.compile(
    r"\A(?:主办|承办|督办|印发|公开|信息公开|校对|打字|拟稿|联系人|主送|分送|共印|\()"
)
_HEADLINE = regex.compile(r"(?P<who>中办|国办)(?:、?(?P<who>国办))?印发《(?P<what>.{8,80})》")
_IN_FULL = {"中办": "中共中央办公厅", "国办": "国务院办公厅"}
"""What the press calls the paper: 中办、国办印发《…意见》."""
_LENT = regex.compile(r"\(\p{Han}{0,30}代章\)")
"""Behind the name of an organ that only lends its seal."""
_SEALS = ("代章", "(代章)", "（代章）", "章")
_HEAD_WORD = regex.compile(r"(?:规范性文件|文件|令|公文|\((?:通知|函)\))\s*\Z")


class _Reader:
    """Reads the columns off the parts of one paper."""

    def __init__(self, canonical: Canonical, parts: Parts, printed: Mapping[str, str]) -> None:
        self.canonical = canonical
        self.parts = parts
        self._printed = printed

    def view(self, span: Span) -> View:
        return View(self.canonical.text, *span)

    def words(self, span: Span) -> str:
        view = self.view(span)
        return closed_up(view, 0, len(view.text)) if view.text.strip() else ""

    def printed(self, kind: str) -> str | None:
        """What the page states under the first of a kind's labels."""
        for label in _LABELS[kind]:
            if value := self._printed.get(label, "").strip():
                return value
        return None

    def title(self) -> str | None:
        """Full title, closed up; else what the page calls the paper, or the plan that it issues."""
        title = self._printed_title()
        if not title and (said := self.printed("title")):
            title = regex.sub(r"\s", "", said)
        if headline := _HEADLINE.fullmatch(title):
            return headline["what"]
        return title or self._issued() or None

    def _printed_title(self) -> str:
        return "".join(regex.sub(r"\s", "", self.words(span)) for span in self.parts.title)

    def _issued(self) -> str:
        """The title of the plan that a notice without one of its own issues."""
        body = next(iter(self.parts.body), None)
        if body is None or body.annex is not None:
            return ""
        stretches = [self.canonical.stretches[i] for i in body.title]
        return "".join(regex.sub(r"\s", "", self.words((s.start, s.end))) for s in stretches)

    def number(self) -> str | None:
        """The paper's own 发文字号, from its head; else from the page."""
        for span in self.parts.numbers:
            return print_number(self.words(span))
        said = self.printed("number")
        if said and next(find_numbers(fold(said).strip()), None):
            return print_number(said)
        text = "".join(self.view(span).text for span in self.parts.bylines)
        number = next((print_number(text[i:j]) for i, j in find_numbers(text)), None)
        return number or self._decree()

    def _decree(self) -> str | None:
        """The number of an order, whose head prints it in two lines: …人民政府令 and 第152号."""
        head = View(self.canonical.text, 0, min(_HEAD_LENGTH, len(self.canonical.text)))
        found = _DECREE.search(head.text) if self.parts.letterhead else None
        return print_number(found["order"] + found["number"]) if found else None

    def issuers(self, title: str | None) -> list[str]:
        """Letterhead, else title, else signature, else page; the fuller form of each name."""
        if headline := _HEADLINE.fullmatch(self._printed_title()):
            return [_IN_FULL[name] for name in headline.captures("who")]
        if self.parts.annex_only and not self.parts.signature:
            return []
        signed = self._signed_names()
        head = [n for span in self.parts.letterhead for n in self._head_names(span)]
        named, more = title_names(title or "")
        if head:
            return self._joint(_fuller(head, signed), named)
        fuller = len(signed) == len(named) and all(map(_is_longer, signed, named))
        beside = self._signed_with(named[0]) if len(named) == 1 and not more else []
        if len(beside) > 1:
            return beside
        if named and not more and not fuller and not all(map(_SHORT_FORM.search, named)):
            return _fuller(named, signed)
        found = signed or named or self._byline_names()
        return _fuller(found, self._byline_names())

    def _joint(self, head: list[str], named: list[str]) -> list[str]:
        """All organs of a joint paper, which has the nameplate of the one that leads: those that
        sign beside it, else those that the title names."""
        if len(head) > 1:
            return head
        for names in (self._signed_with(head[0]), named):
            if len(names) > 1 and head[0] in names:
                return names
        return head

    def _head_names(self, span: Span) -> Iterator[str]:
        view = self.view(span)
        end = _HEAD_WORD.search(view.text)
        stop = view.span(0, end.start())[1] if end else span[1]
        yield from self._names((span[0], stop))

    def _names(self, span: Span) -> Iterator[str]:
        """The organs named in a span, as printed, blanks between them and inside them closed."""
        view = self.view(span)
        for word in regex.finditer(r"[^ 、,]+", view.text):
            yield from split_names(closed_up(view, *word.span()))

    def _signed_names(self) -> list[str]:
        found: list[str] = []
        for span in self.parts.signature:
            found += [n for n in self._names(span) if n not in found and n not in _SEALS]
        return found

    def _signed_with(self, name: str) -> list[str]:
        """The names of the signature in which one stands, line below line; a paper that is
        forwarded has a signature of its own."""
        found: list[str] = []
        last = None
        for span in self.parts.signature:
            if last is not None and self.canonical.text[last : span[0]].strip():
                if name in found:
                    break
                found = []
            own = [n for n in self._names(span) if n not in found and n not in _SEALS]
            found += [] if _LENT.search(self.view(span).text) else own
            last = span[1]
        return found if name in found else []

    def _byline_names(self) -> list[str]:
        """The issuer that (2010年4月29日国务院办公厅…发布) or the page's own head names."""
        for span in self.parts.bylines:
            found = _HEAD_ORGAN.search(self.view(span).text)
            if (
                found
                and is_organ(found["organ"])
                and not found["organ"].startswith(("在", "经", "第"))
            ):
                return [found["organ"]]
        for span in self.parts.bylines:
            words = self.view(span).text
            if len(words) >= 5 and all(is_organ(n) for n in split_names(words)):
                return split_names(words)
        said = self.printed("issuer")
        return [n for n in split_names(said) if is_organ(fold(n))] if said else []

    def signed_on(self, number: str | None) -> date | None:
        """成文日期: under the signature, in (…发布), as the page states it, in the page's head."""
        for span in self.parts.signed:
            if found := read_date(self.view(span).text):
                return found
        for span in self.parts.bylines:
            if found := read_date(self.view(span).text):
                return found
        said = self.printed("signed")
        if said and (found := read_date(fold(said))):
            return found
        official = number or self.parts.recipients or self.parts.signature or self.parts.letterhead
        for span in self.parts.head_dates:
            words = fold(self.canonical.text[slice(*span)])
            if (official or is_date(View(words).text)) and (found := read_date(words)):
                return found
        said = self.printed("published")
        found = read_date(fold(said)) if said else None
        return found if found and number and str(found.year) in number else None

    def printed_on(self) -> date | None:
        """印发日期 in the closing block."""
        for span in self.parts.colophon:
            text = self.view(span).text
            if _PRINTED_LINE.search(text) and (found := read_date(text)):
                return found
        return None

    def recipients(self) -> list[str]:
        """主送机关, one entry an organ."""
        return split_addressees(self.view(self.parts.recipients)) if self.parts.recipients else []

    def cc(self) -> list[str]:
        """抄送机关: behind 抄送, on to the line that says something else."""
        found: list[str] = []
        reading = cut = False
        for span in self.parts.colophon:
            view = self.view(span)
            if cue := _CC.match(view.text):
                reading, cut = True, False
                printed = _NUMBER_PRINTED.search(view.text)
                view = view.part(cue.end(), printed.start() if printed else len(view.text))
            elif not reading or _OTHER_CUE.match(view.text) or self._is_printer(span):
                reading = False
                continue
            names = split_addressees(view)
            if cut and found and names:
                names[0] = found.pop() + names[0]
            found += names
            cut = not view.text.rstrip().endswith((",", ";", "。", "、"))
        return found

    def _is_printer(self, span: Span) -> bool:
        """The line that names who prints: with the date behind it, or on the next line."""
        spans = self.parts.colophon
        after = spans[spans.index(span) + 1 :][:1]
        below = any(_PRINT_DATE.fullmatch(self.view(s).text.strip()) for s in after)
        text = self.view(span).text.strip()
        return _PRINTED_LINE.search(text) is not None or (below and is_organ(text))

    def disclosure(self) -> str | None:
        """公开属性; 此件公开发布 is 主动公开."""
        for span in self.parts.disclosure:
            if found := DISCLOSURE.match(self.view(span).text.strip()):
                said = found["said"] or found["way"]
                return "主动公开" if said in _OPENLY else said
        said = self.printed("disclosure")
        return fold(said).strip() if said and "公开" in said else None


_OPENLY = ("公开发布", "社会公开", "公开")


def _is_longer(signed: str, named: str) -> bool:
    """A signature that spells out the title's name: …经济开发区… for …经开区…."""
    return len(signed) > len(named) and signed[-1] == named[-1]


def _fuller(names: Sequence[str], others: Sequence[str]) -> list[str]:
    """Each name in the fullest form that the paper prints: 国家体育总局 for 体育总局."""
    return [next((o for o in others if len(o) > len(n) and o.endswith(n)), n) for n in names]
