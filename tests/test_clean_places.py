"""Paragraphs of formats whose lines have places: indents and hanging lines decide."""

from __future__ import annotations

from extract.clean import clean
from extract.model import Line, Paragraph, Source

EM = 16.0


def printed(*lines: tuple[float, str]) -> list[str]:
    """The paragraphs of lines that begin so many characters from the margin."""
    blocks = []
    for i, (indent, text) in enumerate(lines):
        width = sum(1.0 if char >= "\u2e80" else 0.5 for char in text)
        x0, y0 = 90 + indent * EM, 100 + 28.0 * i
        box = (x0, y0, x0 + width * EM, y0 + EM)
        blocks.append(Paragraph((Line(text, 1, box),), complete=False))
    return clean(Source("pdf", tuple(blocks), pages=1)).text.split("\n")


BODY = [
    (2.0, "各县区要切实加强组织领导，健全工作机制，细化工作措施，压"),
    (0.0, "实工作责任，确保各项任务落到实处，并于每年年底前将情况报送"),
    (0.0, "市司法局。"),
]
WHOLE = "".join(text for _, text in BODY)


def test_full_heading_before_an_indent() -> None:
    heading = "二、完善政策规定，认真做好报名资格审核工作和服务保障工"
    assert printed(*BODY, (2.0, heading), *BODY, *BODY) == [WHOLE, heading, WHOLE, WHOLE]


def test_short_line_before_a_figure_that_did_not_fit() -> None:
    lines = [
        (2.0, "全面落实三项制度，确保行政许可等执法行为信息依法公示率"),
        (0.0, "100%，重大执法决定法制审核率100%。"),
    ]
    whole = "".join(text for _, text in lines)
    assert printed(*BODY, *lines, *BODY) == [WHOLE, whole, WHOLE]


def test_copies_that_hang_from_their_colon() -> None:
    lines = [
        (1.0, "抄送：市委有关部委办局，市人大常委会办公室，市"),
        (4.0, "纪委办公室，市中级法院。"),
        (1.0, "明城市人民政府办公室　　　2025年3月13日印发"),
    ]
    copies = "抄送：市委有关部委办局，市人大常委会办公室，市纪委办公室，市中级法院。"
    assert printed(*BODY, *BODY, *lines) == [WHOLE, WHOLE, copies, lines[2][1]]


def test_letterhead_does_not_move_the_margin() -> None:
    head = [(-3.0, "明城市教育局明城市公安局明城市司法局明城市文化局")] * 2
    assert printed(*head, *BODY, *BODY)[-2:] == [WHOLE, WHOLE]
