"""Running heads and page numbers of printed pages go; what says something of its own stays."""

from __future__ import annotations

import pytest

from extract.readers.page_furniture import without_furniture
from extract.readers.page_lines import PrintedLine
from extract.readers.pages import Page


def kept(*pages: list[str]) -> list[list[str]]:
    """The lines left on pages whose first line stands in the head and last in the foot."""
    made = []
    for number, texts in enumerate(pages, 1):
        places = [40.0, *(300.0 + 20 * n for n in range(len(texts) - 2)), 820.0]
        lines = [
            PrintedLine(text, (90.0, base - 12, 400.0, base), base, 12.0)
            for text, base in zip(texts, places, strict=False)
        ]
        made.append(Page(number, 595.0, 842.0, lines, []))
    without_furniture(made)
    return [[line.text for line in page.lines] for page in made]


def test_what_is_alike_or_counts_the_pages_goes() -> None:
    pages = [[f"市公报 2024年第{n}期", f"第{n}段文字", f"— {n} —"] for n in range(3, 7)]
    assert kept(*pages) == [[f"第{n}段文字"] for n in range(3, 7)]


@pytest.mark.parametrize(
    "foots",
    [
        ["完成时限：2024年5月底前", "完成时限：2024年6月底前", "完成时限：2024年7月底前"],
        ["新建学校达到12个", "新建学校达到8个", "新建学校达到31个"],
        ["责任单位：市教育局", "责任单位：市教育局", "责任单位：市教育局"],
    ],
    ids=["dates", "figures", "who answers"],
)
def test_what_says_something_stays(foots: list[str]) -> None:
    pages = [["工作清单", f"第{n}段文字", foot] for n, foot in enumerate(foots)]
    assert kept(*pages) == [[f"第{n}段文字", foot] for n, foot in enumerate(foots)]


def test_a_page_of_which_nothing_would_be_left_keeps_its_words() -> None:
    pages = [[f"{n}.开展第{n}项培训", f"- {n} -"] for n in range(1, 5)]
    assert kept(*pages) == [[f"{n}.开展第{n}项培训"] for n in range(1, 5)]
