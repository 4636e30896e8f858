"""Every rule and word is at work: `make rules` finds nothing dead, and would if something were."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex

from extract import extract_text
from extract.lens import View
from extract.lexicon import load
from extract.model import Setting
from extract.rules.rule import RULES, Rule
from extract.rules.times import times
from extract.rules.times.dates import read_times
from pipelines.measure import rules_report
from pipelines.measure.rule_hits import watched
from pipelines.measure.rule_texts import Reading
from pipelines.measure.word_examples import Example, load_examples, words_of
from pipelines.measure.word_hits import count_words

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = load_examples(ROOT / "tests/banks/words.tsv")


def rows(bank: str) -> list[list[str]]:
    text = (ROOT / "tests/banks" / bank).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line[0] != "#"]
    return [line.split("\t") for line in lines[1:]]


def test_nothing_is_dead(capsys: pytest.CaptureFixture[str]) -> None:
    status = rules_report.main([])
    printed = capsys.readouterr()
    assert printed.err == ""
    assert status == 0
    assert "before_first_comma" in printed.out


def test_a_dead_rule_and_a_dead_word_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    never = Rule("never", regex.compile("甲乙丙丁戊"), "test", ("⟦甲乙丙丁戊⟧",), ())
    monkeypatch.setitem(RULES, "never", never)
    wrong = [one for one in EXAMPLES if one.table != "zones"]
    monkeypatch.setattr(
        rules_report,
        "load_examples",
        lambda _: [*wrong, Example("zones", "zone", "", "zone", "{}", "000000", "")],
    )
    assert rules_report.main([]) == 1
    named = capsys.readouterr().err.splitlines()
    assert "dead: rule never" in named
    assert "dead: zones.tsv 江北新区" in named


@pytest.mark.parametrize(("name", "paper"), rows("papers.tsv"))
def test_the_small_papers_need_their_rule(name: str, paper: str) -> None:
    matched = set()
    with watched(lambda rule, _: matched.add(rule)):
        extract_text(paper.replace("⏎", "\n"))
    assert name in matched


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.table} {one.text}")
def test_every_sentence_proves_some_word(example: Example) -> None:
    assert any(
        example.works(entry, word)
        for entry in load(example.table)
        if example.is_for(entry)
        for word in words_of(entry, example.column)
    )


def test_a_word_that_another_shadows_does_not_work() -> None:
    example = Example("measure_words", "term", "", "figures", "达到5{}", "{unit} {kind}", "")
    assert example.works({"unit": "个", "kind": "count"}, "个")
    assert not example.works({"unit": "亿次", "kind": "count"}, "亿次")


def test_a_sentence_that_needs_no_word_proves_none() -> None:
    example = Example("zones", "zone", "", "zone", "江北新区{}", "320100", "")
    assert not example.works({"code": "320100"}, "管委会")


def test_watching_changes_nothing_and_ends() -> None:
    before, table = times.POINT, times.__dict__.copy()
    view = View("2024年6月底前完成整改，每季度末报送。")
    plain = read_times(view, Setting())
    seen: list[tuple[str, str]] = []
    with watched(lambda rule, match: seen.append((rule, match[0]))):
        assert read_times(view, Setting()) == plain
    assert ("point", "2024年6月底") in seen
    assert times.POINT is before
    assert all(times.__dict__[name] is value for name, value in table.items())


def test_the_last_miss_of_a_word() -> None:
    places = dict.fromkeys(("text", "names", "titles"), "达到5公顷,新建5公顷")
    reading = Reading("a.txt", "papers", places, [("targets", "5公顷"), ("targets", "5个")])
    found = {word.word: word for word in count_words(EXAMPLES, [reading])}
    assert found["公顷"].last_miss == "a.txt: targets 5公顷"
    assert found["公顷"].hits == {"papers": 2}
    assert found["家"].last_miss == ""


def test_the_last_miss_of_a_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A gold date that a rule matched, and that the tables lack, is the rule's last miss."""
    paper = "明城市工作方案\n一、加强培训。按照2024年6月修订的办法培训。\n二、加强宣传。做好宣传。"
    (tmp_path / "notice.txt").write_text(paper, encoding="utf-8")
    missing = {"quote": "2024年6月"}
    gold = {"tasks": [{"deadlines": [missing]}], "citations": []}
    monkeypatch.setattr(rules_report, "load_gold", lambda _: {"notice.txt": gold})
    _, rules = rules_report.read_all(ROOT, [str(tmp_path)])
    found = {one.name: one.last_miss for one in rules}
    assert found["point"] == "notice.txt: 2024年6月"
    assert found["figure"] == ""
