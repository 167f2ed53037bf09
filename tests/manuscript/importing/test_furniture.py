"""What belongs to the site: left out, and said."""

from datetime import date

import pytest

from manuscript.importing import ImportRefused
from tests.manuscript.importing.reading import codes, noted, read, words

PAGE = "How is gout treated?\n\n{line}\n\nColchicine is given early in an attack.\n"


@pytest.mark.parametrize(
    "line",
    [
        "Medical Advisory BoardAll articles are reviewed for accuracy by our Medical Advisory Board",
        "Medical Advisory Board",
        "Editorial Board: All content is reviewed by our Medical Review Team",
        "Medically reviewed by Jane Doe, MD",
        "Fact checked",
        "This article has been reviewed by our Scientific Advisory Board.",
        "Educational purposes only • Exercise caution as content is pending human review",
        "For educational and informational purposes only.",
        "Caution: this answer is pending medical review",
        "Submitted → Under Review → Approved",
        "SubmittedUnder ReviewApproved",
        "View editorial policy",
        "Personalise",
        "Personalize your experience",
        "Help us tailor your experience",
        "Which best describes you?",
        "Have a follow-up question?",
        "Have more questions?",
        "Ask a follow-up question",
        "Our Medical A.I. is used by doctors. Ask any question.",
        "Share",
        "Back to top",
        "© 2025 Example Ltd. All rights reserved.",
        "医学顾问委员会",
        "本文由专家委员会审核",
        "Medizinischer Beirat",
        "Revisado médicamente por Ana López",
        "返回顶部",
        "Published: 3 March 2021",
    ],
)
def test_leaves_it_out(line):
    article = read(PAGE.format(line=line))

    assert [w.text for w in noted(article, "furniture-left-out")] == [line]
    assert words(article.body) == "Colchicine is given early in an attack."


@pytest.mark.parametrize(
    "line",
    [
        "The protocol was reviewed by the institutional review board.",
        "All articles on gout published since 2010 were screened for this review.",
        "The FDA approved it.",
        "Exercise should be taken with caution by patients who have had a stroke recently, and a long warm-up helps.",
        "Personalized medicine is a goal.",
        "Approved",
        "Patients often have a question about alcohol.",
        "Our medical history of the patient was incomplete.",
        "Printed books are fine.",
        "Updated guidelines exist.",
    ],
)
def test_leaves_the_text_in(line):
    article = read(PAGE.format(line=line))

    assert "furniture-left-out" not in codes(article)
    assert line in words(article.body)


def test_takes_the_steps_and_the_roles_with_their_headings():
    article = read(
        """
        How is gout treated?

        Article Review Status
        Approved

        Which best describes you?
        Patient
        Caregiver
        Health care professional

        Colchicine is given early in an attack.
        """
    )

    assert len(noted(article, "furniture-left-out")) == 6
    assert words(article.body) == "Colchicine is given early in an attack."


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Last updated: August 25, 2025View editorial policy", date(2025, 8, 25)),
        ("Last Updated August 25th, 2025", date(2025, 8, 25)),
        ("Last reviewed: 12 March 2024", date(2024, 3, 12)),
        ("Updated on 2024-03-12", date(2024, 3, 12)),
        ("Last modified: 2024-03-12T10:00:00Z", date(2024, 3, 12)),
        ("Last updated: 25/08/2025", date(2025, 8, 25)),
        ("Last updated: 08/25/2025", date(2025, 8, 25)),
        ("更新时间：2025年8月25日", date(2025, 8, 25)),
        ("最后更新于 2025-08-25", date(2025, 8, 25)),
        ("Zuletzt aktualisiert: 25.08.2025", date(2025, 8, 25)),
        ("Dernière mise à jour : 25 août 2025", date(2025, 8, 25)),
        ("Última actualización: 25 de agosto de 2025", date(2025, 8, 25)),
        ("Reviewed: 1 May 2020 | Updated: 2 June 2021", date(2021, 6, 2)),
    ],
)
def test_reads_the_date(line, day):
    article = read(PAGE.format(line=line))

    assert article.updated_on == day
    assert [w.text for w in noted(article, "furniture-left-out")] == [line]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Last updated: 03/04/2025", "date-ambiguous"),
        ("Last updated: August 2025", "date-incomplete"),
        ("Last updated: 2025-02-31", "date-ambiguous"),
        ("Last updated: yesterday", "date-unreadable"),
    ],
)
def test_says_when_a_date_is_no_day(line, code):
    article = read(PAGE.format(line=line))

    assert article.updated_on is None
    assert code in codes(article)
    assert line not in words(article.body)


@pytest.mark.parametrize(
    "line", [".jpeg)", "photo_12.PNG", "IMG 2031.jpg", "[image.webp]", "clip.mp4"]
)
def test_drops_stray_media_names(line):
    article = read(PAGE.format(line=line))

    assert [w.text for w in noted(article, "media-name-dropped")] == [line]


def test_refuses_a_file_of_nothing_but_furniture():
    with pytest.raises(ImportRefused, match="furniture"):
        read("Share\n\nBack to top\n")
