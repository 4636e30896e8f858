"""What only the whole output shows: equal papers, cited papers, one row a unit."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from extract.model import Document
from pipelines.downstream.due import due_rows
from pipelines.inputs import find_inputs
from pipelines.link import Marks, marks, same_papers
from pipelines.run import run

WORDS = "为深入贯彻落实国务院决策部署，全面提升行政执法质量和效能，结合我市实际，制定本方案。"
BODY = WORDS + "各级行政执法机关要加强队伍建设，完善监督机制，规范执法行为，保障群众权益。"
OTHER = "为做好高中阶段学校招生工作，现就有关事项通知如下：各学校应当按照计划录取新生。"


def same(**papers: tuple[str | None, str | None, str]) -> dict[str, str | None]:
    return same_papers(
        {
            doc_id: marks(Document(doc_id=doc_id, doc_number=number, title=title, text=text))
            for doc_id, (number, title, text) in papers.items()
        }
    )


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        (("甲政发〔2024〕1号", "甲"), ("甲政发〔2024〕1号", "乙"), True),
        (("甲政发〔2024〕1号", "甲"), ("甲政发[２０２４]1号", None), True),
        ((None, "关于执法的通知"), (None, "关于执法的 通知"), True),
        (("甲政发〔2024〕1号", "甲"), ("甲政发〔2024〕2号", "乙"), False),
        ((None, None), (None, None), False),
    ],
)
def test_the_same_notice_by_number_or_title(
    a: tuple[str | None, str | None], b: tuple[str | None, str | None], alike: bool
) -> None:
    assert same(b=(*b, BODY), a=(*a, BODY)) == {"a": None, "b": "a" if alike else None}


def test_another_text_under_the_same_number_is_another_paper() -> None:
    found = same(a=("甲政发〔2024〕1号", "甲", BODY), b=("甲政发〔2024〕1号", "甲", OTHER))
    assert found == {"a": None, "b": None}


def test_a_text_printed_in_another_way_is_the_same() -> None:
    spaced = BODY.replace("，", ", ").replace("各级", "各 级")
    found = same(a=("甲政发〔2024〕1号", "甲", BODY), b=("甲政发〔2024〕1号", "甲", spaced))
    assert found == {"a": None, "b": "a"}


def test_a_long_paper_and_its_copy_with_an_annex() -> None:
    long = "".join(f"第{i}项任务由第{i * 7}号单位在{2000 + i}年完成；" for i in range(400))
    annex = "".join(f"附表{i * 13}行，数量{i * i}；" for i in range(300))
    number = "甲政发〔2024〕1号"
    assert same(a=(number, "甲", long), b=(number, "甲", long + annex)) == {"a": "b", "b": None}
    assert same(a=(number, "甲", long), b=(number, "甲", annex * 2))["b"] is None


def test_the_copy_with_the_most_tasks_is_the_one() -> None:
    def copy(tasks: int, text: str) -> Marks:
        return marks(Document(doc_id="", doc_number="甲政发〔2024〕1号", text=text), (), tasks)

    found = same_papers({"a": copy(2, BODY * 2), "b": copy(3, BODY), "c": copy(3, BODY + "附件")})
    assert found == {"a": "c", "b": "c", "c": None}


def test_papers_with_different_numbers_are_never_the_same() -> None:
    one, other = BODY + "补贴不超过100万元。", BODY + "补贴不超过200万元。"
    first, second = ("潭政办发〔2025〕12号", "甲", one), ("潭政办发〔2025〕13号", "甲", other)
    assert same(a=first, b=second) == {"a": None, "b": None}
    # a copy without its number is that of the paper that it is most like, and no way to the other
    assert same(a=first, b=second, c=(None, "甲", other)) == {"a": None, "b": None, "c": "b"}
    assert same(b=first, c=second, a=(None, "甲", other)) == {"a": None, "b": None, "c": "a"}


def test_three_copies_lead_to_the_first_also_by_different_marks() -> None:
    found = same(
        c=("甲政发〔2024〕1号", None, BODY),
        a=(None, "关于执法的通知", BODY),
        b=("甲政发〔2024〕1号", "关于执法的通知", BODY),
    )
    assert found == {"a": None, "b": "a", "c": "a"}


def test_a_title_that_hundreds_share_says_nothing() -> None:
    papers = {f"{i:03}": (None, "目录", BODY) for i in range(501)}
    assert set(same(**papers).values()) == {None}
    del papers["500"]
    assert set(same(**papers).values()) == {None, "000"}


NOTICE = """{number}

{title}

各县（区）人民政府：

{words}

一、重点任务

1. 加强培训。市司法局、{unit}要组织培训，2024年6月底前完成。（责任单位：市司法局、{unit}）

2. 建立台账。按照《关于执法工作的通知》（同政办发〔2024〕5号）办理。（责任单位：市司法局）

大同市人民政府办公室

2024年1月{day}日
"""


def notice(number: str, title: str, unit: str, day: int, words: str = BODY) -> bytes:
    return NOTICE.format(number=number, title=title, unit=unit, day=day, words=words).encode()


FIRST = notice("同政办发〔2024〕5号", "大同市人民政府办公室关于执法工作的通知", "市财政局", 5)
COPY = FIRST.replace(b"\n\n", b"\r\n\r\n")
SECOND = notice("同政办发〔2024〕9号", "大同市人民政府办公室关于招生的通知", "财政局", 9, OTHER)


def tables(folder: Path, **papers: bytes) -> dict[str, pd.DataFrame]:
    """The output of folder/out after a run over these papers."""
    raw = folder / "raw"
    raw.mkdir(exist_ok=True)
    for old in raw.iterdir():
        old.unlink()
    for name, data in papers.items():
        (raw / f"{name}.txt").write_bytes(data)
    run(find_inputs([str(raw)]), folder / "out")
    return {n: pd.read_parquet(folder / "out" / n) for n in ("documents", "citations", "units")}


def test_citations_lead_to_papers_of_the_output_and_turn_with_it(tmp_path: Path) -> None:
    cited = tables(tmp_path, second=SECOND)["citations"]
    assert cited.cited_doc_id.isna().all()
    found = tables(tmp_path, second=SECOND, first=FIRST)
    ids = found["documents"].set_index("source").doc_id
    ours = found["citations"][found["citations"].doc_id == ids["second.txt"]]
    assert set(ours.cited_doc_id) == {ids["first.txt"]}
    found = tables(tmp_path, second=SECOND, first=FIRST, copy=COPY)
    smallest = found["documents"].set_index("source").doc_id[["first.txt", "copy.txt"]].min()
    ours = found["citations"][found["citations"].doc_id == ids["second.txt"]]
    assert set(ours.cited_doc_id) == {smallest}
    others = found["documents"].set_index("doc_id").same_paper_as.dropna()
    assert list(others) == [smallest]
    cited = tables(tmp_path, second=SECOND)["citations"]
    assert cited.cited_doc_id.isna().all()


MORE = "3. 开展检查。市司法局要开展检查，2024年9月底前完成。\n\n大同市人民政府办公室\n\n2024年"
FULLER = FIRST.replace("大同市人民政府办公室\n\n2024年".encode(), MORE.encode())


def doc_id(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


@pytest.mark.parametrize("lower", [True, False])
def test_a_deadline_that_one_copy_lacks_is_due_once(lower: bool, tmp_path: Path) -> None:
    padded = (FULLER + b" " * n for n in range(99))
    fuller = next(data for data in padded if (doc_id(data) < doc_id(FIRST)) is lower)
    tables(tmp_path, first=FIRST, fuller=fuller)
    due = due_rows(tmp_path / "out", date(2024, 1, 1), date(2024, 12, 31)).to_pylist()
    assert [str(row["due_on"]) for row in due] == ["2024-06-30", "2024-09-30"]
    assert {row["source"] for row in due} == {"fuller.txt"}


def test_one_row_a_unit_with_the_words_of_all_papers(tmp_path: Path) -> None:
    units = tables(tmp_path, first=FIRST, second=SECOND)["units"].set_index("name")
    assert list(units.aliases["大同市财政局"]) == ["市财政局"]
    assert list(units.index) == list(units.sort_values("unit_id").index)
    assert len(units) == 2
    assert list(tables(tmp_path, second=SECOND)["units"].name) == list(units.index)
