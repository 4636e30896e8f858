"""Who is told to act in a task's text; the words that rules on characters ask jieba for."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex

from extract.clean import ends
from extract.lens import View
from extract.lexicon import load, spellings
from extract.rules.subjects import founded, predicates, segment, subject_clauses, work_bodies
from extract.rules.subjects.predicates import predicate_at
from extract.rules.subjects.subjects import find_subjects
from extract.rules.times import dates
from extract.rules.units import units

ROLES = {"l": "lead", "r": "responsible", "s": "support"}
BANK = Path(__file__).with_name("banks") / "subjects.tsv"


def rows() -> list[tuple[str, list[tuple[str, str]]]]:
    found = []
    for line in BANK.read_text(encoding="utf-8").splitlines()[3:]:
        text, expected = line.split("\t")
        found.append((text, [(ROLES[item[0]], item[2:]) for item in expected.split()]))
    return found


def told(text: str) -> list[tuple[str, str]]:
    return [(mention.role, mention.unit.unit) for mention in find_subjects(View(text))]


@pytest.mark.parametrize(("text", "expected"), rows())
def test_bank(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


def test_the_bank_is_as_large_as_it_should_be() -> None:
    assert len(rows()) >= 290
    assert sum(1 for _, expected in rows() if not expected) >= 60


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市 司 法 局 要 组 建 专 班。", [("responsible", "市司法局")]),
        ("各县[市、区]政府要加强日常监督。", [("responsible", "各县[市、区]政府")]),
        ("２０２４年６月底前,各乡镇要完成自查;县司法局要督促整改.",
         [("responsible", "各乡镇"), ("responsible", "县司法局")]),
    ],
)  # fmt: skip
def test_width_brackets_and_spaces(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


def test_spans_lead_to_the_own_part_of_a_coordinated_name() -> None:
    source = "（三）市、县（区）司法局要加强统筹。"
    spans = [
        source[mention.unit.char_start : mention.unit.char_end]
        for mention in find_subjects(View(source, 3))
    ]
    assert spans == ["市", "县（区）司法局"]


def test_a_unit_is_told_once_and_leads_if_it_leads_anywhere() -> None:
    text = "市司法局要组建专班。各县区要配合。市司法局牵头开展评估，各县区要跟进。"
    assert told(text) == [("lead", "市司法局"), ("support", "各县区")]


@pytest.mark.parametrize(
    ("text", "governs"),
    [
        ("场景认定。由市科技局会同市财政局组织开展场景认定，对通过的给予支持。", [True, True]),
        ("制定工作指引由各责任单位根据实际情况制定。", [True]),
        ("完善协作机制。各部门提出需求，由市司法局汇总发布计划。", [False, False]),
        ("培训由县司法局统一组织。各乡镇要选派人员参加。", [False, False]),
        ("组织领导\n入学工作由区政府统一领导，区教育局负责实施。", [True, True]),
        (
            "组织领导\n入学工作由区政府统一领导，区教育局负责实施。区招生办负责协调。",
            [True, True, False],
        ),
        ("报名截止后，未报名的儿童由招生学校安排补报名，并公布时间。", [True]),
        ("民办学校实行免试入学。转学的，由区教育局协商解决。", [False, False]),
        ("建立会商制度。由区政府牵头，教育局、经信局等部门进行会商。", [True] * 3),
        ("完善办法，由市科技局会同市财政局制定细则。", [False, False]),
        ("试点城市由省级有关部门推荐，生态环境部会同财政部确定。", [False] * 3),
        ("军人子女予以照顾安排，照顾对象由市双拥办负责认定。", [False]),
        ("片内生由各县（市）负责界定。", [True]),
        ("跨盟市迁移户口的，由迁入地派出所审批。", [False]),
        ("超过5000万元的部分，由同级财政承担。", [False]),
        ("原则上9月至次年2月为缴费时限，具体要求由市人社局制定。", [False]),
        ("开展专项检查，由市民政局牵头，市财政局配合。", [True, True]),
        ("加强统筹。开展专项检查，由市民政局牵头，市财政局配合。\n特此通知。", [True, True]),
        ("各区要开展检查，由市民政局牵头，市财政局配合。", [False] * 3),
        ("开展检查，由市民政局牵头。检查结果及时通报。", [False]),
    ],
)
def test_what_governs_the_whole_task(text: str, governs: list[bool]) -> None:
    assert [mention.governs for mention in find_subjects(View(text))] == governs


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("要组建专班", "modal"),
        ("应急处置", None),
        ("要求整改", None),
        ("可结合实际制定", "may"),
        ("每年至少完成一次", "adverb"),
        ("制定方案", "verb"),
        ("制定的方案", None),
        ("组织部", None),
        ("监督执行", "nominal"),
        ("对下级开展检查", "preposition"),
        ("各司其职", "whole"),
        ("共同出资建立基础养老金", "adverb"),
        ("共同富裕", None),
    ],
)
def test_predicates(text: str, kind: str | None) -> None:
    found = predicate_at(text, 0, len(text))
    assert (found and found.kind) == kind


LETTERS = [chr(code) for code in range(0x3007, 0xA000) if chr(code).isalpha()]


@pytest.mark.parametrize(
    ("pattern", "before", "first"),
    [
        (subject_clauses._OPENER, "", subject_clauses._OPENER_FIRST),
        (founded._ANSWERS, ",", founded._ANSWERS_FIRST),
        (ends._LABEL, "", ends._LABEL_WORDS),
        (ends._OPENER, "", ends._OPENER_WORDS),
        (units._LEADING, "", frozenset("由以和与及")),
    ],
)
def test_what_is_asked_first_leaves_no_letter_out(
    pattern: regex.Pattern[str], before: str, first: frozenset[str]
) -> None:
    begins = {letter for letter in LETTERS if pattern.fullmatch(before + letter, partial=True)}
    assert begins
    assert begins <= first


@pytest.mark.parametrize(
    "pattern",
    [dates.SCAN.pattern, units._MARK.pattern, work_bodies._BODY.pattern, predicates.TIME],
)
def test_the_look_ahead_of_a_pattern_leaves_no_character_out(pattern: str) -> None:
    asked, _, whole = pattern.removeprefix("(?:(?=").partition("])")
    first = regex.compile(asked.removeprefix("(?=") + "]")
    rest = regex.compile(whole if pattern.startswith("(?=") else whole[:-1])
    characters = [chr(code) for code in (*range(0xD800), *range(0xE000, 0x10000))]
    begins = [c for c in characters if rest.fullmatch(c, partial=True)]
    assert begins
    assert all(map(first.fullmatch, begins))


def test_no_predicate_is_lost_by_its_first_two_characters() -> None:
    words = [
        row["term"] for row in load("directive_words") if row["kind"] in predicates._NOT_ADVERBS
    ]
    assert all(word[:2] in predicates._OPENINGS for word in words)
    behind = [word for word in words if predicates._PLAIN.match(word + "省厅")]
    assert all(predicate_at(word + "省厅", 0, len(word) + 2) for word in behind)


# --- words --------------------------------------------------------------------------------------


def test_cut_keeps_every_character_and_knows_departments() -> None:
    text = "市人力资源和社会保障局会同有关部门制定方案。"
    words = segment.cut(text)
    assert "".join(words) == text
    assert "人力资源和社会保障局" in words


def test_tag_tells_a_verb() -> None:
    assert segment.tag("倒逼执法机关")[0] == ("倒逼", "v")


def test_the_cache_lies_in_a_folder_of_the_user_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "cache"
    monkeypatch.setattr(segment.platformdirs, "user_cache_dir", lambda _: str(place))
    assert segment.private_folder() == place
    assert place.stat().st_mode & 0o777 == 0o700
    place.chmod(0o777)
    assert segment.private_folder() is None


def test_no_cache_where_none_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setattr(segment.platformdirs, "user_cache_dir", lambda _: str(blocked / "cache"))
    assert segment.private_folder() is None


def test_an_organ_of_each_division_is_told_to_act() -> None:
    names = [f"{row['name']}人民政府" for row in load("places")]
    assert [name for name in names if told(f"{name}要组织培训。") != [("responsible", name)]] == []


FIRMS = ("公司", "人民银行", "供销合作社")


def test_each_department_of_a_city_is_told_to_act() -> None:
    wrong = []
    for row in load("departments"):
        owner = "市委" if row["organ"] == "party" else "市"
        for word in spellings(row["also_called"]):
            name = owner + word
            if not word.endswith(FIRMS) and told(f"{name}要组织培训。") != [("responsible", name)]:
                wrong.append(name)
    assert wrong == []
