"""Disclaimers in many languages, with and without a label."""

import pytest

from tests.manuscript.importing.reading import codes, noted, read, words

PAGE = "How is gout treated?\n\nColchicine is given early in an attack.\n\n{words}\n"


@pytest.mark.parametrize(
    ("text", "language", "jurisdiction"),
    [
        ("Disclaimer: This page is no substitute for a doctor.", "en", ""),
        (
            "Medical Disclaimer\n\nThis is not advice for residents of the United States.",
            "en",
            "US",
        ),
        ("## Disclaimer\n\nNot approved in the United Kingdom.", "en", "GB"),
        ("[ 免责声明 ] 所涉药品可能未在中国大陆获批上市。", "zh", "CN"),
        ("免责声明：本文仅供参考，不构成医疗建议。", "zh", ""),
        ("【免責聲明】本頁內容僅供參考，適用於台灣。", "zh", "TW"),
        ("免責事項：この情報は医師の診断に代わるものではありません。", "ja", ""),
        ("Haftungsausschluss: Diese Informationen ersetzen keine ärztliche Beratung.", "de", ""),
        ("Avertissement : ces informations ne remplacent pas l’avis de votre médecin.", "fr", ""),
        ("Descargo de responsabilidad: esta información no sustituye a su médico.", "es", ""),
        ("Отказ от ответственности: информация не заменяет консультацию врача.", "ru", ""),
    ],
)
def test_recognises_language_and_jurisdiction(text, language, jurisdiction):
    article = read(PAGE.format(words=text))

    (disclaimer,) = article.disclaimers
    assert (disclaimer.language, disclaimer.jurisdiction) == (language, jurisdiction)
    assert words(article.body) == "Colchicine is given early in an attack."
    (warning,) = noted(article, "disclaimer-set-aside")
    assert warning.line == 5
    assert disclaimer.text in warning.text


@pytest.mark.parametrize(
    "line",
    [
        "This information is not a substitute for professional medical advice, diagnosis, or treatment.",
        "*The content on this site is not intended to replace the advice of your physician.*",
        "本页面内容仅供医疗专业人员参考，不构成任何治疗建议。",
    ],
)
def test_recognises_one_by_what_it_says(line):
    article = read(PAGE.format(words=line))

    assert len(article.disclaimers) == 1
    assert words(article.body) == "Colchicine is given early in an attack."


@pytest.mark.parametrize(
    "line",
    [
        "Imaging does not replace clinical judgment in patients with acute abdominal pain.",
        "Disclaimers are common on medical pages, and few readers see them.",
    ],
)
def test_leaves_claims_in_the_text(line):
    article = read(PAGE.format(words=line + "\n\nIt ends here."))

    assert not article.disclaimers
    assert line in words(article.body)


def test_ends_where_the_page_goes_on():
    article = read(
        PAGE.format(
            words="Disclaimer\n\nThis is for doctors only.\n\nPrognosis\n\nIt is good in most patients with gout."
        )
    )

    assert [one.text for one in article.disclaimers] == ["This is for doctors only."]
    assert "<h2>Prognosis</h2>" in article.body


def test_stops_at_the_references():
    article = read(
        PAGE.format(words="Disclaimer\nFor doctors only.\nReferences\n1. https://a.example/b")
    )

    assert article.disclaimers[0].text == "For doctors only."
    assert len(article.references) == 1


def test_a_heading_with_nothing_below_stays():
    article = read(PAGE.format(words="Disclaimer"))

    assert "disclaimer-set-aside" not in codes(article)
    assert "Disclaimer" in words(article.body)
