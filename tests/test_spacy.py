"""The spaCy component: span groups with their records, displaCy, DocBin."""

from datetime import date
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.tokens import Doc, DocBin
from written import NOTICE, PLAN

from extract import extract
from extract.spacy_pipe import to_doc
from pipelines.downstream import docbin
from pipelines.inputs import find_inputs
from pipelines.run import run
from pipelines.store import StoreError

KEYS = ("tasks", "units", "deadlines", "targets", "citations")
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


def same(found: Doc, wanted: Doc) -> None:
    """Groups, labels, quotes, ids and records of two documents are equal."""
    assert found.text == wanted.text
    assert found._.doc_id == wanted._.doc_id
    assert set(found.spans) == set(wanted.spans) == set(KEYS)
    for key in KEYS:
        assert [(s.text, s.label_, s.id_) for s in found.spans[key]] == [
            (s.text, s.label_, s.id_) for s in wanted.spans[key]
        ]
        assert [s._.record for s in found.spans[key]] == [s._.record for s in wanted.spans[key]]


def test_a_serialised_document_keeps_spans_and_records(doc: Doc) -> None:
    data = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (again,) = DocBin(store_user_data=True).from_bytes(data).get_docs(spacy.blank("zh").vocab)
    same(again, doc)
    assert again._.gongwen is None
    assert doc._.gongwen.tasks == [span._.record for span in doc.spans["tasks"]]
    assert any(span._.record.end_on == date(2024, 6, 30) for span in again.spans["deadlines"])


def test_without_user_data_the_spans_stay(doc: Doc) -> None:
    data = DocBin(docs=[doc], store_user_data=False).to_bytes()
    again = next(iter(DocBin().from_bytes(data).get_docs(doc.vocab)))
    assert [s.text for s in again.spans["units"]] == [s.text for s in doc.spans["units"]]
    assert {span._.record for span in again.spans["units"]} == {None}


def test_an_output_folder_as_a_docbin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file holds what the component gives of each paper, also over several batches."""
    papers = tmp_path / "papers"
    papers.mkdir()
    for name, text in (("a.txt", NOTICE), ("b.txt", PLAN), ("c.txt", SEED.read_text("utf-8"))):
        (papers / name).write_text(text, encoding="utf-8")
    (papers / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    run(find_inputs([str(papers)]), tmp_path / "out")
    monkeypatch.setattr(docbin, "_BATCH", 2)
    assert docbin.write_docbin(tmp_path / "out", tmp_path / "papers.spacy") == 3
    found = DocBin(store_user_data=True).from_disk(tmp_path / "papers.spacy")
    docs = {doc._.doc_id: doc for doc in found.get_docs(spacy.blank("zh").vocab)}
    assert len(docs) == 3
    for name in ("a.txt", "b.txt", "c.txt"):
        result = extract(papers / name)
        again = docs[result.document.doc_id]
        same(again, to_doc(spacy.blank("zh"), result))
        assert [s.text for s in again.spans["tasks"]] == [row.quote for row in result.tasks]


@pytest.mark.parametrize(("out", "file"), [("none", "x.spacy"), ("out", "no/folder/x.spacy")])
def test_what_cannot_be_exported_is_said(tmp_path: Path, out: str, file: str) -> None:
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    run(find_inputs([str(tmp_path / "a.txt")]), tmp_path / "out")
    with pytest.raises(StoreError, match=r"; name a|no output of gongwen"):
        docbin.write_docbin(tmp_path / out, tmp_path / file)
