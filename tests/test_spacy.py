"""The spaCy component: span groups with their records, displaCy, DocBin."""

from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.tokens import Doc, DocBin

from extract import extract

SEED = sorted(Path(__file__, "../../data/raw").resolve().glob("001_*.txt"))[0]


@pytest.fixture(scope="module")
def doc() -> Doc:
    nlp = spacy.blank("zh")
    nlp.add_pipe("gongwen")
    return nlp(SEED.read_text(encoding="utf-8"))


def test_every_row_is_a_span_with_its_record(doc: Doc) -> None:
    result = extract(SEED)
    assert doc.text == result.document.text
    for key, rows in (
        ("tasks", result.tasks),
        ("units", result.responsibilities),
        ("deadlines", result.deadlines),
        ("targets", result.targets),
        ("citations", result.citations),
    ):
        assert [span.text for span in doc.spans[key]] == [row.quote for row in rows]
        assert [span._.record.quote for span in doc.spans[key]] == [row.quote for row in rows]


def test_labels_and_values(doc: Doc) -> None:
    first = doc.spans["deadlines"][1]
    assert (first.label_, first._.record.kind) == (first._.record.kind, first.label_)
    units = {(span._.record.unit, span.label_) for span in doc.spans["units"]}
    assert ("市司法局", "responsible") in units


def test_displacy_draws_the_spans(doc: Doc) -> None:
    html = displacy.render(doc, style="span", options={"spans_key": "deadlines"}, page=False)
    assert "2024" in html.replace(" ", "")
    assert "recurring" in html


def test_docbin_keeps_the_span_groups(doc: Doc) -> None:
    data = DocBin(docs=[doc], store_user_data=False).to_bytes()
    again = next(iter(DocBin().from_bytes(data).get_docs(doc.vocab)))
    assert [s.text for s in again.spans["units"]] == [s.text for s in doc.spans["units"]]
