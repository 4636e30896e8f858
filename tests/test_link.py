"""What only the whole output shows: equal papers, cited papers, one row a unit."""

from __future__ import annotations

import pytest

from extract.model import Citation, Document, Unit
from pipelines.link import link_citations, link_same_papers, merge_units

WORDS = "为深入贯彻落实国务院决策部署，全面提升行政执法质量和效能，结合我市实际，制定本方案。"
BODY = WORDS + "各级行政执法机关要加强队伍建设，完善监督机制，规范执法行为，保障群众权益。"
OTHER = "为做好高中阶段学校招生工作，现就有关事项通知如下：各学校应当按照计划录取新生。"


def paper(doc_id: str, number: str | None, title: str | None, text: str = BODY) -> Document:
    return Document(doc_id=doc_id, doc_number=number, title=title, text=text)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (("甲政发〔2024〕1号", "甲"), ("甲政发〔2024〕1号", "乙"), True),
        (("甲政发〔2024〕1号", "甲"), ("甲政发[２０２４]1号", None), True),
        ((None, "关于执法的通知"), (None, "关于执法的 通知"), True),
        (("甲政发〔2024〕1号", "甲"), ("甲政发〔2024〕2号", "乙"), False),
        ((None, None), (None, None), False),
    ],
)
def test_the_same_notice_by_number_or_title(
    a: tuple[str | None, str | None], b: tuple[str | None, str | None], same: bool
) -> None:
    papers = [paper("b", *b), paper("a", *a)]
    link_same_papers(papers)
    assert [p.same_paper_as for p in papers] == ["a" if same else None, None]


def test_another_text_under_the_same_number_is_another_paper() -> None:
    papers = [paper("a", "甲政发〔2024〕1号", "甲"), paper("b", "甲政发〔2024〕1号", "甲", OTHER)]
    link_same_papers(papers)
    assert [p.same_paper_as for p in papers] == [None, None]


def test_a_text_printed_in_another_way_is_the_same() -> None:
    spaced = BODY.replace("，", ", ").replace("各级", "各 级")
    papers = [paper("a", "甲政发〔2024〕1号", "甲"), paper("b", "甲政发〔2024〕1号", "甲", spaced)]
    link_same_papers(papers)
    assert papers[1].same_paper_as == "a"


def test_three_copies_lead_to_the_first() -> None:
    papers = [paper(doc_id, "甲政发〔2024〕1号", "甲") for doc_id in "cab"]
    link_same_papers(papers)
    assert [p.same_paper_as for p in papers] == ["a", None, "a"]


def test_citations_lead_to_papers_of_the_same_output() -> None:
    papers = [
        paper("a", "甲政发〔2024〕1号", "关于执法的通知"),
        paper("b", "甲政发〔2024〕2号", "关于招生的通知", OTHER),
        paper("c", "甲政发〔2024〕1号", "关于执法的通知"),
    ]
    link_same_papers(papers)
    cited = {
        "by number": Citation(doc_id="b", doc_number="甲政发[2024]1号"),
        "by title": Citation(doc_id="b", title="关于执法的通知"),
        "itself": Citation(doc_id="a", doc_number="甲政发〔2024〕1号"),
        "not there": Citation(doc_id="b", title="关于别的通知", doc_number="乙政发〔2020〕3号"),
        "nothing": Citation(doc_id="b"),
    }
    link_citations(papers, cited.values())
    assert {how: c.cited_doc_id for how, c in cited.items()} == {
        "by number": "a",
        "by title": "a",
        "itself": None,
        "not there": None,
        "nothing": None,
    }


def test_one_row_a_unit_with_the_aliases_of_all_papers() -> None:
    units = [
        Unit("2", "大同市财政局", "财政", "140200", "prefecture", ["市财政局"]),
        Unit("1", "大同市司法局", "司法行政", "140200", "prefecture", ["市司法局"]),
        Unit("2", "大同市财政局", "财政", "140200", "prefecture", ["财政局", "市财政局"]),
    ]
    merged = merge_units(units)
    assert [(u.unit_id, u.name, u.aliases) for u in merged] == [
        ("1", "大同市司法局", ["市司法局"]),
        ("2", "大同市财政局", ["市财政局", "财政局"]),
    ]
    assert units[0].aliases == ["市财政局"]
