import pytest

from manuscript.citing.matching import CERTAIN, LIKELY, match

pytestmark = pytest.mark.pure

PAPER = {
    "type": "article-journal",
    "title": "A trial of sugar pills in imaginary patients",
    "author": [{"family": "Specimen", "given": "Sam"}],
    "issued": {"date-parts": [[2024]]},
    "container-title": "Journal of Tests",
    "page": "349-369",
    "DOI": "10.5555/test.1",
}


def without(*fields, **changes):
    return {key: value for key, value in PAPER.items() if key not in fields} | changes


class TestMatch:
    def test_the_same_doi_is_certain_whatever_its_case(self):
        found = match({"type": "document", "DOI": "10.5555/TEST.1"}, PAPER)

        assert found.score == CERTAIN
        assert found.reasons == ("The same DOI.",)

    def test_a_citation_as_typed_matches_by_its_words(self):
        typed = "Specimen S. A trial of sugar pills in imaginary patients. J Tests. 2024;1:349-69."

        found = match({"type": "document", "note": typed}, PAPER)

        assert LIKELY < found.score < CERTAIN
        assert any("title stands in what was typed" in reason for reason in found.reasons)

    def test_another_doi_speaks_against_the_same_title_and_year(self):
        found = match(without(DOI="10.5555/other"), PAPER)

        assert found.score <= 30
        assert "Another identifier" in found.reasons[-1]

    def test_everything_alike_without_an_identifier_is_not_certain(self):
        assert match(without("DOI"), PAPER).score == CERTAIN - 1

    def test_a_similar_title_says_how_similar(self):
        found = match(without("DOI", title="Trial of sugar pills in imaginary patients"), PAPER)

        assert found.score >= LIKELY
        assert any("alike" in reason for reason in found.reasons)

    def test_another_paper_scores_nothing(self):
        other = {
            "type": "article-journal",
            "title": "On the colour of test tubes",
            "author": [{"family": "Nobody"}],
            "issued": {"date-parts": [[1999]]},
        }

        assert match(other, PAPER).score == 0
