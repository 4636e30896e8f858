"""Parts of a paper that look back: what they count and date is neither target nor deadline."""

from __future__ import annotations

from datetime import date

import pytest

from extract.lens import View
from extract.model import Setting
from extract.rules.figures.quantities import find_targets
from extract.rules.times.dates import read_times
from extract.rules.times.reviews import review_spans

PAPER = """某市经济社会发展规划
一、发展基础
（一）取得的主要成就
城镇登记失业率控制在1.6%以内，新建幼儿园843所。到2015年底，建成道路200公里。
二、总体要求
到2020年，新建幼儿园300所。
三、面临的形势
城市内涝点达到20处。
1. 总体目标
到2025年，新建泵站30座。
"""


def _found(line: str) -> tuple[list[str], list[str]]:
    start = PAPER.index(line)
    view = View(PAPER, start, start + len(line))
    times = read_times(view, Setting(written_on=date(2016, 5, 1), plan_start=2011))[0]
    return [time.quote for time in times], [found.quote for found in find_targets(view, times)]


@pytest.mark.parametrize(
    ("line", "times", "targets"),
    [
        ("城镇登记失业率控制在1.6%以内，新建幼儿园843所。", [], []),
        ("到2015年底，建成道路200公里。", [], []),
        ("到2020年，新建幼儿园300所。", ["到2020年"], ["300所"]),
        ("城市内涝点达到20处。", [], []),
        ("到2025年，新建泵站30座。", ["到2025年"], ["30座"]),
    ],
)
def test_what_stands_under_a_heading_that_looks_back(
    line: str, times: list[str], targets: list[str]
) -> None:
    assert _found(line) == (times, targets)


def test_a_work_report_looks_back_in_its_first_part() -> None:
    text = "一、2023年工作回顾过去一年，新增就业1244万人。\n二、今年目标\n新增就业1200万人。"
    assert review_spans(text) == ((0, text.index("二、")),)


@pytest.mark.parametrize(
    "heading", ["夯实发展基础", "优化发展环境", "发展基础设施", "解决存在的问题", "总体目标"]
)
def test_a_heading_that_directs_does_not_look_back(heading: str) -> None:
    assert review_spans(f"一、{heading}\n新建学校3所。") == ()
