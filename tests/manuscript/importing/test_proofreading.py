"""Fused and doubled words: noted with a repair, never repaired."""

import pytest

from tests.manuscript.importing.reading import codes, noted, read, words

PAGE = (
    "What is it?\n\nIt is known as a JAK inhibitor for cholesterol, fats and cholesterol. {words}\n"
)


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("This is aJAK inhibitor.", "a JAK"),
        ("This is aTNF inhibitor.", "a TNF"),
        ("It belongs toIn the class.", "to In"),
        ("Response toTNF-α is poor.", "to TNF-α"),
        ("The use ofJAK is new.", "of JAK"),
        ("Compared with DMARDsTofacitinib is fast.", "DMARDs Tofacitinib"),
        ("It is a medicineAspirin was first.", "medicine Aspirin"),
        ("There is a responseTNF is low.", "response TNF"),
        ("It was made in 2025View it.", "2025 View"),
        ("It is a therapy.Patients like it.", "therapy. Patients"),
        ("It raises fats andcholesterol in blood.", "and cholesterol"),
    ],
)
def test_fused_words_are_noted(text, proposal):
    article = read(PAGE.format(words=text))

    assert [(w.line, w.proposal) for w in noted(article, "fused-words")] == [(3, proposal)]
    assert text in words(article.body)


@pytest.mark.parametrize(
    "text",
    [
        "mRNA, siRNA, microRNA, lncRNA, cfDNA, pH, pKa, mTOR, eGFR, hCG, aPTT, tPA, kDa, mmHg and IgG",
        "tsDMARD, bDMARDs, csDMARD, SjD-ILD, pSS-ILD, axSpA, PsA, HbA1c, SpO2 and FiO2",
        "McCarthy, MacDonald, DeBakey, FitzGerald, O'Brien and LeVine",
        "PubMed, MedlinePlus, WebMD, AstraZeneca, GlaxoSmithKline, iPhone and YouTube",
        "see https://example.org/aJAK/toIn or doi 10.1000/theTNF or mail toIn@example.org",
        "Dr.Oracle, e.g. Aspirin, i.e. JAK, 5-FU, TNFs, NSAIDs, PDFs and DMARDs",
        "another, android, office, within, without, theory, thematic and withdrawal",
    ],
)
def test_medicine_has_capitals_of_its_own(text):
    assert "fused-words" not in codes(read(PAGE.format(words=f"There is {text}.")))


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("Tofacitinib(Tofacitinib) is new.", "Tofacitinib"),
        ("Tofacitinib (tofacitinib) is new.", "Tofacitinib"),
        ("托法替布（托法替布）是一种药物。", "托法替布"),
        ("It is the the first.", "the"),
    ],
)
def test_doubled_terms_are_noted(text, proposal):
    article = read(PAGE.format(words=text))

    assert [w.proposal for w in noted(article, "doubled-term")] == [proposal]
    assert text in words(article.body)


@pytest.mark.parametrize(
    "text", ["It had had an effect.", "Aspirin (ASA) works.", "JAK (Janus kinase) works."]
)
def test_other_brackets_are_not(text):
    assert "doubled-term" not in codes(read(PAGE.format(words=text)))


def test_the_line_is_the_sources():
    article = read("T?\n\nShare\n\n- One\n- Two is aJAK inhibitor\n")

    assert [w.line for w in noted(article, "fused-words")] == [6]
