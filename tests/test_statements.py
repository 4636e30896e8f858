"""Responsibility statements: the bank of phrases, where statements stand, how lists are read."""

from __future__ import annotations

from pathlib import Path

import pytest
from pace import WORST, growth

from extract.lens import View
from extract.rules.units.reading_rules import Order, OrderRule
from extract.rules.units.statements import (
    Statement,
    apply_order,
    closing_statements,
    read_statement,
)

BANK = Path(__file__).parent / "banks" / "units.tsv"
ROLES = {"r": "responsible", "l": "lead", "s": "support", "-": None}


def bank() -> list[tuple[str, str, str]]:
    lines = BANK.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return [(phrase, default, expected) for phrase, default, expected in rows]


def said(statement: Statement) -> str:
    """l:市司法局 r:市财政局, or ! for no statement."""
    if not statement.is_statement:
        return "!"
    return " ".join(f"{role[0]}:{unit.unit}" for unit, role in statement.mentions)


@pytest.mark.parametrize(("phrase", "default", "expected"), bank())
def test_bank(phrase: str, default: str, expected: str) -> None:
    statement = read_statement(View(phrase), ROLES[default])
    assert said(statement) == expected
    if statement.is_statement:
        assert not statement.unread


def test_the_bank_is_large_and_has_no_row_twice() -> None:
    phrases = [(phrase, default) for phrase, default, _ in bank()]
    assert len(phrases) >= 250
    assert len(set(phrases)) == len(phrases)


@pytest.mark.parametrize(("phrase", "default", "expected"), bank()[::3])
def test_brackets_widths_and_spaces_do_not_matter(phrase: str, default: str, expected: str) -> None:
    other = phrase.translate(str.maketrans("（），：；", "〔〕,:;"))
    spaced = phrase.replace("、", " 、 ").replace("（", "（ ")
    bare = expected.translate(str.maketrans("（），", "〔〕,"))
    assert said(read_statement(View(other), ROLES[default])) == bare
    assert said(read_statement(View(spaced), ROLES[default])) == expected


def test_notes_behind_names_say_their_roles() -> None:
    text = "加强培训。（市司法局（牵头）、市财政局、市教育局（配合））"
    ((start, end, statement),) = closing_statements(View(text))
    assert text[start:end] == "（市司法局（牵头）、市财政局、市教育局（配合））"
    assert said(statement) == "l:市司法局 r:市财政局 s:市教育局"


def test_a_name_that_is_not_understood_is_told() -> None:
    text = "（责任单位：市财政局、某某某）"
    statement = read_statement(View(text))
    assert said(statement) == "r:市财政局"
    assert [text[a:b] for a, b in statement.unread] == ["某某某"]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("（6月底完成，牵头考核单位：市公安局）", ["6月底完成"]),
        ("（6月底见效并持续推进，牵头单位：市公安局）", ["6月底见效并持续推进"]),
        ("（责任单位：市公安局；完成时限：2024年12月底前）", ["2024年12月底前"]),
        ("（2024年底前完成；市公安局负责）", ["2024年底前完成"]),
        ("（责任单位：市公安局）", []),
    ],
)
def test_what_says_when_is_left_to_the_dates(text: str, rest: list[str]) -> None:
    statement = read_statement(View(text))
    assert [text[a:b] for a, b in statement.rest] == rest
    assert [unit.unit for unit, _ in statement.mentions] == ["市公安局"]


# --- rules that hold for other lists ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rule", "standing"),
    [
        ("（A局、B局负责，排在第一位的部门为牵头部门，下同）", OrderRule.FIRST_IS_LEAD, True),
        ("（责任单位：A局。列第一位的为牵头单位，下同）", OrderRule.FIRST_IS_LEAD, True),
        ("（责任单位：A局（列首位的为牵头单位））", OrderRule.FIRST_IS_LEAD, False),
        (
            "（责任单位：A局，B局；第一个逗号前为牵头单位，下同）",
            OrderRule.BEFORE_FIRST_COMMA_IS_LEAD,
            True,
        ),
        (
            "（责任单位：A局、B局，C局。逗号前为牵头单位，下同）",
            OrderRule.BEFORE_FIRST_COMMA_IS_LEAD,
            True,
        ),
        (
            "（A局、B局；C局。分号前为牵头单位）",
            OrderRule.BEFORE_FIRST_SEMICOLON_IS_LEAD,
            False,
        ),
        ("（责任单位：A局）", None, False),
    ],
)
def test_how_lists_are_to_be_read(text: str, rule: OrderRule | None, standing: bool) -> None:
    statement = read_statement(View(text))
    assert statement.order == (rule and Order(rule, standing=standing))
    assert statement.mentions[0][0].unit == "A局"


@pytest.mark.parametrize(
    ("text", "rule", "expected"),
    [
        ("（责任单位：市财政局、审计局）", OrderRule.FIRST_IS_LEAD, "l:市财政局 r:市审计局"),
        ("（责任单位：市财政局）", OrderRule.FIRST_IS_LEAD, "l:市财政局"),
        (
            "（责任单位：各市、县（市、区）政府，省财政厅）",
            OrderRule.FIRST_IS_LEAD,
            "l:各市政府 l:各县（市、区）政府 r:省财政厅",
        ),
        (
            "（责任单位：市财政局、审计局，各区）",
            OrderRule.BEFORE_FIRST_COMMA_IS_LEAD,
            "l:市财政局 l:市审计局 r:各区",
        ),
        (
            "（责任单位：各县（市，区）政府、市财政局，各镇）",
            OrderRule.BEFORE_FIRST_COMMA_IS_LEAD,
            "l:各县（市，区）政府 l:市财政局 r:各镇",
        ),
        ("（责任单位：市财政局）", OrderRule.BEFORE_FIRST_COMMA_IS_LEAD, "l:市财政局"),
        (
            "（责任单位：市财政局，审计局；各区）",
            OrderRule.BEFORE_FIRST_SEMICOLON_IS_LEAD,
            "l:市财政局 l:市审计局 r:各区",
        ),
        ("（市财政局牵头，各区负责）", OrderRule.FIRST_IS_LEAD, "l:市财政局 r:各区"),
        ("（责任单位：市财政局、审计局）", None, "r:市财政局 r:市审计局"),
    ],
)  # fmt: skip
def test_lists_read_by_a_rule(text: str, rule: OrderRule | None, expected: str) -> None:
    found = apply_order(read_statement(View(text)), rule and Order(rule))
    assert " ".join(f"{role[0]}:{unit.unit}" for unit, role in found) == expected


def test_a_rule_tells_the_role_of_the_other_units() -> None:
    statement = read_statement(
        View("（责任单位：市财政局、审计局。首位为牵头单位，其余为配合单位）")
    )
    found = apply_order(statement, statement.order)
    assert [(unit.unit, role) for unit, role in found] == [
        ("市财政局", "lead"),
        ("市审计局", "support"),
    ]
    assert statement.unread == ()


def test_others_keep_their_role_where_the_leader_was_not_understood() -> None:
    text = "（责任单位：张三，市财政局、审计局。第一个逗号前为牵头单位，其余为配合单位）"
    statement = read_statement(View(text))
    assert {role for _, role in apply_order(statement, statement.order)} == {"responsible"}


@pytest.mark.parametrize(
    ("text", "blanket"),
    [
        (
            "（责任单位：市司法局；以下均需各县〔市、区〕政府和示范区、开发区管委会落实，不再逐一列出）",
            "r:各县〔市、区〕政府 r:示范区管委会 r:开发区管委会",
        ),
        ("（责任单位：市司法局，以下均涉及各县区、功能区，不再重复列出）", "r:各县区 r:各功能区"),
        ("（责任单位：市司法局。以下各项任务均需各区政府配合，不再列出）", "s:各区政府"),
        ("（责任单位：市司法局）", ""),
    ],
)
def test_units_that_answer_for_all_that_follows(text: str, blanket: str) -> None:
    statement = read_statement(View(text))
    assert said(statement) == "r:市司法局"
    assert " ".join(f"{role[0]}:{unit.unit}" for unit, role in statement.blanket) == blanket


@pytest.mark.parametrize(
    ("text", "blanket"),
    [
        (
            "（责任单位：市数据局，各县区人民政府、市各功能区管委会，以下均涉及各县区、功能区，不再重复列出）",
            "各县区人民政府 市各功能区管委会",
        ),
        ("（责任单位：市数据局、各镇政府，以下均涉及各镇，不再列出）", "各镇政府"),
        ("（责任单位：市数据局、各镇政府，以下均涉及各街道，不再列出）", "各街道"),
        ("（责任单位：各县区教育局，以下均涉及各县区，不再列出）", "各县区"),
        ("（责任单位：县人民政府，以下均涉及各县，不再列出）", "各县"),
    ],
)
def test_a_blanket_in_short_stands_for_the_units_listed_before_it(text: str, blanket: str) -> None:
    found = read_statement(View(text)).blanket
    assert " ".join(unit.unit for unit, _ in found) == blanket


# --- in running text ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "健全机制。⟦（责任单位：市司法局）⟧",
        "健全机制。⟦（责任单位：市司法局）⟧。",
        "健全机制。⟦（责任单位：市司法局⟧",
        "健全机制。⟦（责任单位：市司法局）⟧各区要落实。⟦（责任单位：各区）⟧",
        "在乡镇（街道）试点（试行）。⟦〔牵头单位：市委编办；责任单位：各县〔市、区〕政府〕⟧",
        "推进乡镇（街道改革。⟦（责任单位：市司法局）⟧",
        "推进乡镇（街道改革⟦（市司法局负责）⟧",
        "健全机制。⟦（市住建局（城管局）、市民政局负责）⟧",
        "健全机制。⟦责任单位：市司法局、财政局⟧。",
        "健全机制。\n⟦牵头单位：市司法局\n责任单位：各区⟧",
        "健全机制（试行）。⟦（市司法局、市财政局）⟧",
        "健全机制。⟦（市司法局）⟧",
        "健全机制。⟦（证监会）⟧",
        "健全机制。⟦（各县〔区〕党委、政府）⟧",
        "健全机制。⟦（各县区政府）⟧",
        "健全机制。⟦（市教育局、市财政局，2023年10月底前）⟧",
        "健全机制。⟦（市交通局，大同公路分局，铁路北站负责）⟧",
        "加强培训。⟦（市教育局、市财政局负责）⟧推进改革。⟦（市司法局）⟧落实政策。",
        "加强培训。⟦（市教育局负责）⟧推进改革。（市司法局）落实政策。",
        "健全机制。（含各县区）",
        "健全机制。（各司法局）",
        "健全机制。（新华社）",
        "⟦（市司法局牵头，市财政局参加）⟧",
        "健全机制。⟦（责任单位市司法局、财政局）⟧",
        "在街道（镇）试行（2023—2025年），以下称OPC（以下简称责任单位）。",
        "明确责任（含负责人）。（街道）",
        "市委编办（市委改革办）配合。",
        "主办单位：市政府办公室",
        "由教育部门审核（由教育部门推荐参加的由教育部门负责审核）。",
        "开展培训（市级、县级）。",
        "",
        "建设园区。\n⟦- 牵头单位：市水利局⟧",
        "建设园区。\n⟦● 牵头单位：市水利局⟧",
        "建设园区。\n⟦——配合单位：市水利局⟧",
        "建设园区。\n⟦[配合单位]市水利局⟧",
        "建设园区。\n⟦责任领导：李某某　　责任单位：市教育局、各乡镇⟧",
        "完成时限：2024年6月底前。",
        "建设园区。\n⟦完成时限：2024年6月底 责任单位：市司法局⟧",
        "发放补贴。执行期限：长期⟦责任单位：市住房城乡建设局咨询电话：12345⟧",
        "不在资金监管范围内⟦责任单位：市住房城乡建设局、市司法局⟧",
        "要明确各责任单位：市司法局",
        "落实责任单位：要抓紧办理",
        "⟦牵头单位：市应急局⟧。⟦成员单位：市公安局、市气象局⟧。",
        "成立专班。成员单位：市公安局、市气象局。",
        "负责：组织开展培训，落实经费。",
        "落实机制。⟦（省住房城乡建设厅，各市房地产融资协调机制）⟧",
        "落实机制。（省住房城乡建设厅，房地产融资协调机制）",
        "落实机制。⟦（责任单位：市司法局）⟧",
        "建设水库。⟦（由市水利局会同各县区政府组织实施，市财政局提供资金保障）⟧",
        "建设水库。⟦（市水利局牵头，市财政局保障资金）⟧",
        "建设水库。⟦（市财政局负责资金保障，市水利局负责工程建设）⟧",
        "经审核（市财政局负责资金保障）后，发放补贴。",
        "建设水库。（市水利局牵头，保障资金）",
    ],
)
def test_where_statements_stand(text: str) -> None:
    plain = text.replace("⟦", "").replace("⟧", "")
    wanted = [part.partition("⟧")[0] for part in text.split("⟦")[1:]]
    view = View(plain)
    found = closing_statements(view)
    assert [view.quote(i, j) for i, j, _ in found] == wanted
    assert all(statement.mentions for _, _, statement in found)


def test_how_lists_are_read_stands_in_a_bracket_of_its_own() -> None:
    text = "建设网络。〔责任单位：市经信局、市财政局，各县政府〕（排在首位的为牵头单位，下同）"
    (i, j, statement), *others = closing_statements(View(text))
    assert others == []
    assert text[i:j].endswith("下同）")
    order = Order(OrderRule.FIRST_IS_LEAD, "responsible", standing=True, unsaid=False)
    assert statement.order == order
    assert [role for _, role in apply_order(statement, order)] == ["lead", *["responsible"] * 2]


def test_each_line_whose_bracket_never_closes_has_its_statement() -> None:
    text = "\n".join(["加强培训（责任单位：市司法局"] * 20)
    found = [(i, j, said(statement)) for i, j, statement in closing_statements(View(text))]
    assert found == [(4 + 15 * n, 14 + 15 * n, "r:市司法局") for n in range(20)]


@pytest.mark.parametrize(
    ("again", "end"),
    [
        ("（1）（责任单位：（1）", ""),
        ("（牵头", ""),
        ("（", "市司法局牵头"),
        ("；联系人：李某某", ""),
        ("加强培训责任单位：培训班", ""),
        ("；执行期限：长期", "责任单位：市司法局"),
    ],
)
def test_brackets_in_brackets_take_about_linear_time(again: str, end: str) -> None:
    def work(count: int) -> None:
        closing_statements(View(again * count + end))

    assert growth(work, 100, 400) < WORST


@pytest.mark.parametrize("opening", ["", "责任单位："])
def test_who_answers_for_all_that_follows_in_a_bracket_of_its_own(opening: str) -> None:
    view = View(
        f"加快建设。〔{opening}省交通厅、省发展改革委，有关州（市）政府〕"
        "〔以下分工均涉及有关州（市）政府，不再列出〕"
    )
    [(i, j, statement)] = closing_statements(view)
    assert (i, j) == (5, len(view.text))
    assert [unit.unit for unit, _ in statement.mentions] == [
        "省交通厅",
        "省发展改革委",
        "有关州（市）政府",
    ]
    assert [unit.unit for unit, _ in statement.blanket] == ["有关州（市）政府"]


@pytest.mark.parametrize(
    "text",
    [
        "市司法局、市财政局，各县（区）政府；以下均涉及各县区、功能区，不再重复列出",
        "牵头单位：市司法局（6月底前）；责任单位：某某某、市财政局，2024年12月底前完成",
    ],
)
def test_a_statement_moved_is_the_statement_read_there(text: str) -> None:
    there = read_statement(View("一、重点\n" + text, 5), "responsible")
    assert there == read_statement(View(text), "responsible").moved(5)
    assert there.mentions
