"""Patterns that are compiled when they are first asked."""

from __future__ import annotations

from types import ModuleType

import pytest
from patterns import modules, uses

from extract import lazy
from extract.rules.subjects import segment


def test_a_pattern_is_compiled_when_it_is_first_asked() -> None:
    dated = lazy.compile(r"(\d{4})年")
    assert "_compiled" not in vars(dated)
    assert dated.pattern == r"(\d{4})年"
    found = dated.search("到2025年")
    assert found is not None
    assert found[1] == "2025"
    assert dated.sub("", "到2025年") == "到"
    assert lazy.compile(rb"<p>", lazy.IGNORECASE).match(b"<P>")


def test_a_wrong_pattern_is_noticed_when_it_is_first_asked() -> None:
    wrong = lazy.compile("(")
    with pytest.raises(lazy.error, match="missing"):
        wrong.search("")
    with pytest.raises(lazy.error, match="missing"):
        lazy.compiled("(")


@pytest.mark.parametrize("module", list(modules()), ids=lambda module: str(module.__name__))
def test_a_pattern_answers_what_its_module_asks(module: ModuleType) -> None:
    for name, asked in uses(module).items():
        pattern = vars(module).get(name)
        if isinstance(pattern, lazy.Lazy):
            assert [method for method in asked if not hasattr(pattern, method)] == []


def test_tags_are_those_of_jieba() -> None:
    import jieba.posseg

    tags = segment._tagger().word_tag_tab
    own = jieba.posseg.POSTokenizer().word_tag_tab
    assert len(own) > 300_000
    assert {word: tags[word] for word in own if tags[word] != "nt"} == {
        word: tag for word, tag in own.items() if tags[word] != "nt"
    }
