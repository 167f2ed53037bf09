import pytest
from hypothesis import given
from hypothesis import strategies as st

from manuscript.citing.identifiers import (
    normalise_doi,
    normalise_pmcid,
    normalise_pmid,
)

SICI = "10.1002/1529-0131(200110)44:10<2371::aid-art401>3.0.co;2-w"


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        ("10.1056/NEJMoa2109927", "10.1056/nejmoa2109927"),
        ("https://doi.org/10.1056/NEJMoa2109927", "10.1056/nejmoa2109927"),
        ("http://dx.doi.org/10.1136/ard-2022-222543", "10.1136/ard-2022-222543"),
        ("doi.org/10.1136/ard-2022-222543", "10.1136/ard-2022-222543"),
        ("www.doi.org/10.1136/ard-2022-222543", "10.1136/ard-2022-222543"),
        ("doi:10.1136/ard-2022-222543.", "10.1136/ard-2022-222543"),
        ("DOI: https://doi.org/10.1136/ard-2022-222543", "10.1136/ard-2022-222543"),
        ("info:doi/10.1136/ard-2022-222543", "10.1136/ard-2022-222543"),
        ("10.1186/s12890-023-02774-0 [doi]", "10.1186/s12890-023-02774-0"),
        ("(10.1186/s12890-023-02774-0),", "10.1186/s12890-023-02774-0"),
        ("<https://doi.org/10.1186/ar3466>", "10.1186/ar3466"),
        ("10.1016/S0140-6736(20)31180-6", "10.1016/s0140-6736(20)31180-6"),
        ("(doi 10.1016/S0140-6736(20)31180-6)", "10.1016/s0140-6736(20)31180-6"),
        ("10.1002/1529-0131(200110)44:10<2371::AID-ART401>3.0.CO;2-W", SICI),
        ("10.1002/1529-0131(200110)44:10&lt;2371::AID-ART401&gt;3.0.CO;2-W", SICI),
        (
            "https://doi.org/10.1002/1529-0131(200110)44:10%3C2371::AID-ART401%3E3.0.CO;2-W?utm=1",
            SICI,
        ),
        ("10.1000.10/123456", "10.1000.10/123456"),
        ("10.1000/Ängström", "10.1000/Ängström"),
        ("Tofacitinib in rheumatoid arthritis", None),
        ("10.1186/two words", None),
        ("https://link.springer.com/10.1186/s12890-023-02774-0", None),
        ("unavailable", None),
        ("10.1186/", None),
        ("10.12/short-prefix", None),
        ("", None),
        ("10.1000/" + "x" * 600, None),
        ("10.1000/a\x00b", None),
    ],
)
def test_a_doi_is_written_in_one_way(written, doi):
    assert normalise_doi(written) == doi


@pytest.mark.parametrize(
    ("written", "pmid"),
    [
        ("35081280", "35081280"),
        (" PMID: 35081280. ", "35081280"),
        ("https://pubmed.ncbi.nlm.nih.gov/35081280/", "35081280"),
        ("https://pubmed.ncbi.nlm.nih.gov/35081280/?term=x", "35081280"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/35081280", "35081280"),
        ("http://www.pubmed.gov/35027405/", "35027405"),
        ("35081280 [pmid]", "35081280"),
        ("0", None),
        ("PMC6380020", None),
        ("10.1186/ar3466", None),
        ("３５０８１２８０", None),
        ("1234567890", None),
        ("", None),
    ],
)
def test_a_pmid_is_written_in_one_way(written, pmid):
    assert normalise_pmid(written) == pmid


@pytest.mark.parametrize(
    ("written", "pmcid"),
    [
        ("PMC6380020", "PMC6380020"),
        ("pmc6380020.2", "PMC6380020"),
        ("PMCID: PMC6380020;", "PMC6380020"),
        ("PMCID: 6380020", "PMC6380020"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC6380020/", "PMC6380020"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC6380020", "PMC6380020"),
        ("6380020", None),
        ("PMC", None),
        ("", None),
    ],
)
def test_a_pmcid_is_written_in_one_way_and_never_guessed_from_a_number(written, pmcid):
    assert normalise_pmcid(written) == pmcid


NORMALISERS = [normalise_doi, normalise_pmid, normalise_pmcid]


@pytest.mark.parametrize("normalise", NORMALISERS)
@given(text=st.text() | st.from_regex(r"(doi:|https://doi\.org/|<)?10\.[0-9]{4}/.{1,20}"))
def test_no_text_raises_and_normalising_again_changes_nothing(normalise, text):
    once = normalise(text)

    assert once is None or normalise(once) == once
