"""The ranges of a paper: each body with its heading tree and what its genre makes of its items."""

from __future__ import annotations

from functools import cache

from extract import lazy as regex
from extract.assemble.metadata import Metadata
from extract.assemble.paper import Range
from extract.lens import View
from extract.lexicon import load, spellings
from extract.model import Canonical
from extract.outline.parts import Body, Parts
from extract.outline.tree import Node, build_tree
from extract.rules.papers.papers import genre
from extract.rules.rule import rule


def read_range(canonical: Canonical, parts: Parts, metadata: Metadata, body: Body) -> Range:
    """A body with its heading tree, and which of its items its genre makes tasks."""
    alone = parts.annex_only and body == parts.body[0]
    annexed = body.annex is not None and not alone
    prefix = f"A{body.annex}:" if annexed else ""
    root = build_tree(canonical.text, parts.spans(canonical, body), prefix)
    title = "".join(
        canonical.text[canonical.stretches[i].start : canonical.stretches[i].end]
        for i in body.title
    )
    named = [canonical.stretches[i] for i in (body.head, *body.title) if i is not None]
    heading = (named[0].start, named[-1].end) if named else None
    words = title or (metadata.title if not annexed else None) or ""
    annex = body.annex if annexed else None
    tasks = tasks_of_title(words)
    if tasks == "stated" and genre(words) is None:
        tasks = tasks_of_title(_says_of_itself(canonical, body))
    if tasks == "none" and _LETTER.search(words) and _asks(canonical, body):
        tasks = "all"
    if tasks == "all" and not _MEASURES.search(words) and _is_regulation(canonical.text, root):
        tasks = "stated"
    return Range(root, tasks, body.end, prefix, annex, heading, "".join(title.split()))


_CALLS_ITSELF = rule(
    "what a paper calls itself",
    r"(?:提出|制定|制订)(?:如下|以下|本)(?:若干)?(?:实施|指导|工作|行动|政策)?"
    r"(?P<kind>意见|方案|措施|举措|计划|要点)(?=[。:,])",
    source="GB/T 9704 practice: how a plan's preface ends; for a paper whose title was lost",
    examples=("现就推进示范工作⟦提出如下意见⟧。", "结合实际，⟦制定本方案⟧。"),
    counter=("提出如下要求。", "制定本部门工作方案，"),
)
_PREFACE = 1500
_LETTER = regex.compile("^(?!.*(?:答复|提案|征求|征集|商请|委托|同意)).*(?<![复回])函$")
ASKS = rule(
    "what a letter asks of its addressees",
    r"(?:有关|相关|具体)?(?:要求|事项|事宜|工作)\p{Han}{0,4}(?:通知|函告|明确|部署|安排)?如下(?=[:。])"
    r"|[,。:\n]请(?:你|贵|各|相关|有关)[^。;\n]{0,60}?(?:于|按|将|组织|做好|抓好|落实|报送|加强|结合|抓紧|强化)",
    source="党政机关公文处理工作条例 art. 8 (函); contract, tasks 1",
    examples=("现将⟦有关要求通知如下⟧:", "部署⟦,请各区、相关管委会于⟧3月底前报送"),
    counter=("现函复如下:", "特此函达,请予支持。"),
)


def _preface(canonical: Canonical, body: Body) -> str:
    end = min(body.end, body.start + _PREFACE)
    return View(canonical.text, body.start, end).text


def _asks(canonical: Canonical, body: Body) -> bool:
    """Whether a letter directs its addressees as a notice does."""
    return ASKS.search(_preface(canonical, body)) is not None


def _says_of_itself(canonical: Canonical, body: Body) -> str:
    """The genre that a body's preface names: 提出如下意见; empty where it names none."""
    found = _CALLS_ITSELF.search(_preface(canonical, body))
    return found["kind"] if found else ""


_REGULATES = regex.compile(r"适用于|适用范围|所称|是指|(?:为|根据|依据)[^。]{4,120}制定本")
_MEASURES = regex.compile("措施|举措|政策|[一二三四五六七八九十百\\d干]条(?![例款件文目])")
_FEW = 5


def _is_regulation(text: str, root: Node) -> bool:
    """Whether a text in articles says first what it regulates, though its title calls it a plan."""
    articles = [node for node in root.walk() if node.kind == "article"]
    if len(articles) < _FEW:
        return False
    return any(_REGULATES.search(View(text, node.start, node.end).text) for node in articles[:2])


def tasks_of_title(title: str) -> str:
    """all, stated or none, by the genre in which a title ends (`genre_tasks.tsv`)."""
    words = _NOTE.sub("", View(title).text).rstrip('》”"')
    for term, tasks in _genres():
        if words.endswith(term):
            return tasks
    return "stated"


_NOTE = regex.compile(r"(?r)(?:\([^()]*\)?)+$")


@cache
def _genres() -> tuple[tuple[str, str], ...]:
    """Genre words with what they give, longest first."""
    found = [(term, row["tasks"]) for row in load("genre_tasks") for term in spellings(row["term"])]
    return tuple(sorted(found, key=lambda item: -len(item[0])))
