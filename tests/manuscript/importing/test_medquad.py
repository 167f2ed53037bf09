"""MedQuAD XML: questions and answers become one article."""

import pytest

from manuscript.importing import ImportRefused, counts, read_article
from tests.manuscript.importing.reading import codes, noted

pytestmark = pytest.mark.pure

PAIR = '<QAPair pid="1"><Question qid="1-1" qtype="information">{asked}</Question><Answer>{answer}</Answer></QAPair>'


def medquad(*pairs: tuple[str, str], focus: str = "Invented gout") -> bytes:
    inside = "".join(PAIR.format(asked=asked, answer=answer) for asked, answer in pairs)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Document id="1" source="Invented Institute" url="https://site.example/gout">'
        f"<Focus>{focus}</Focus><UMLS><CUI>C0000000</CUI></UMLS>\n<QAPairs>{inside}</QAPairs></Document>"
    ).encode()


LONG = "Gout is an invented example in this test, and it says nothing about anybody at all."


def test_each_question_heads_its_answer():
    article = read_article(
        medquad(
            ("What is gout ?", LONG),
            ("What causes gout ?", f"{LONG}\n  - Food and drink\n  - Other things\n"),
        )
    )

    assert article.title == "Invented gout"
    assert article.body.startswith(f"<h2>What is gout ?</h2><p>{LONG}</p>")
    assert "<ul><li><p>Food and drink</p></li><li><p>Other things</p></li></ul>" in article.body
    assert counts(article)["headings"] == 2


def test_the_page_it_came_from_is_a_reference():
    (reference,) = read_article(medquad(("What is gout ?", LONG))).references

    assert reference.csl["URL"] == "https://site.example/gout"
    assert reference.csl["publisher"] == "Invented Institute"
    assert reference.identified


def test_codes_are_set_aside():
    article = read_article(medquad(("What is gout ?", LONG)))

    assert noted(article, "metadata-set-aside")[0].text == "CUI C0000000"


def test_withheld_answers_are_refused_or_told():
    with pytest.raises(ImportRefused, match="answers are withheld"):
        read_article(medquad(("What is gout ?", ""), ("What causes gout ?", " ")))

    article = read_article(medquad(("What is gout ?", LONG), ("What causes gout ?", "")))

    assert noted(article, "answer-withheld")[0].text == "What causes gout ?"
    assert "causes" not in article.body


def test_a_question_without_its_topic_is_told_and_gives_no_title():
    article = read_article(
        medquad(("What is (are)  ?", f"{LONG} More."), ("what is gout?", LONG), focus="")
    )

    assert article.title == "what is gout?"
    assert {"title-guessed", "question-incomplete", "repeated-text"} <= set(codes(article))


def test_navigation_in_an_answer_is_left_out_and_divides_it():
    article = read_article(medquad(("What is gout ?", f"{LONG} Top of page {LONG}")))

    assert "Top of page" not in article.body
    assert counts(article)["paragraphs"] == 2
    assert "furniture-left-out" in codes(article)


def test_xml_without_questions_is_refused():
    with pytest.raises(ImportRefused, match="no question-and-answer pairs"):
        read_article(b"<Document/>")
