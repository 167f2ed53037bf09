"""Files that nobody here wrote; `expected.json` has the truth about them."""

import json
import time

import pytest

from manuscript.citing.identifiers import normalise_doi
from manuscript.citing.reading import ReferencesRefused, read_references
from tests.manuscript.citing.reading.sources import codes, kinds, shown, year
from tests.manuscript.importing.reading import SHARED, outside

pytestmark = pytest.mark.pure

CORPORA = SHARED / "corpora"
FOLDERS = ("ris", "bibtex", "nbib", "csl", "crossref", "pubmedxml", "retraction")
EXPECTED = (
    json.loads((CORPORA / "expected.json").read_text(encoding="utf-8"))["references"]
    if CORPORA.is_dir()
    else []
)
FILES = [path for folder in FOLDERS for path in sorted((CORPORA / folder).glob("*"))]
A_TABLE = "Zotero-v2.2-385.csv"


def corpus(name: str):
    return read_references(outside(f"corpora/{name}"), name=name)


def is_name(expected: str, name: dict) -> bool:
    family, given = name.get("family", ""), name.get("given", "")
    return expected in {name.get("literal"), family, f"{family}, {given}", f"{family} {given}"}


@pytest.mark.parametrize("truth", EXPECTED, ids=lambda truth: truth["path"])
def test_reads_what_the_file_says(truth):
    found = corpus(truth["path"])
    csl, first = found.references[0].csl, truth["first"]

    assert found.records == len(found.references) == truth["records"]
    assert csl["title"] == first["title"]
    assert len(csl["author"]) == first["n_authors"]
    assert [
        name
        for name, person in zip(first["authors"], csl["author"], strict=False)
        if not is_name(name, person)
    ] == []
    assert year(csl) == first["year"]
    assert csl.get("DOI") == (normalise_doi(first["doi"]) if first["doi"] else None)
    assert csl.get("PMID") == first["pmid"]
    is_retracted = truth["retraction_status_of_first"] == "retracted"
    assert ("RETRACTION" in kinds(found)) is is_retracted


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_is_read_or_refused_in_one_line(path):
    if path.name == A_TABLE:
        with pytest.raises(ReferencesRefused, match=r"^This looks like a table \(CSV\)[^\n]+$"):
            read_references(path.read_bytes(), name=path.name)
        return

    found = read_references(path.read_bytes(), name=path.name)

    assert found.references
    assert all(one.place for one in (*found.references, *found.failed))
    assert all(one.reason and one.text for one in found.failed)
    assert all(one.message.endswith((".", "?")) for one in found.warnings)


class TestTraps:
    def test_a_byte_order_mark_loses_no_record(self):
        assert len(corpus("ris/baseline_reference_types.ris").references) == 61

    def test_pmids_are_found_where_endnote_and_embase_hide_them(self):
        assert corpus("ris/embase.ris").references[1].csl["PMID"] == "15368318"
        csl = corpus("ris/pubmed_endnote.txt").references[0].csl
        assert csl["PMID"] == "21553931"
        assert csl["page"] == "349-369"
        assert csl["issued"] == {"date-parts": [[2011, 6]]}
        assert len(csl["author"]) == 3
        assert csl["keyword"].count(",") >= 7

    def test_an_undefined_day_leaves_the_month(self):
        csl = corpus("ris/pubmed_zotero.ris").references[1].csl

        assert csl["issued"] == {"date-parts": [[2019, 10]]}

    def test_a_repeated_issn_is_kept_once(self):
        assert corpus("ris/pubmed_zotero.ris").references[0].csl["ISSN"] == "1895-5770"

    def test_two_papers_with_one_title_stay_two(self):
        found = corpus("ris/ris_issue_1099.txt")
        sixth, seventh = found.references[5].csl, found.references[6].csl

        assert sixth["title"].lower() == seventh["title"].lower()
        assert sixth["author"] != seventh["author"]
        assert "DOI" in seventh
        assert "DOI" not in sixth
        assert "duplicate-in-file" not in codes(found)

    def test_seven_thousand_authors_are_quick(self):
        data = outside("corpora/ris/ris_many_authors.ris")

        started = time.process_time()
        found = read_references(data)

        assert time.process_time() - started < 2
        assert len(found.references[0].csl["author"]) == 7456

    def test_banners_are_no_records_and_secondary_authors_no_authors(self):
        found = corpus("ris/rispy_example_extraneous_data.ris")

        assert codes(found) == ["repeated-id"]
        assert found.references[0].csl["editor"] == [{"family": "Glattauer", "given": "Daniel"}]
        assert found.references[0].csl["page"] == "e0815"

    def test_broken_bibtex_is_shown_and_not_dropped(self):
        found = corpus("bibtex/bibaudit_sample.bib")
        by_key = {one.csl.get("citation-key"): one.csl for one in found.references}

        (broken,) = found.failed
        assert "malformed2023" in broken.place
        assert "closing brace was never typed" in broken.text
        assert sorted(codes(found)) == ["duplicate-in-file", "repeated-id", "truncated-authors"]
        assert len([k for k in found.references if k.csl["citation-key"] == "dupkey2022"]) == 2
        assert by_key["urlonlydoi2019"]["DOI"] == "10.1234/urlonly.2019"
        assert by_key["etal2020"]["custom"] == {"authors-et-al": True}
        assert len(by_key["etal2020"]["author"]) == 2
        assert by_key["atsign2021"]["title"].startswith("Response to @mentions")
        assert by_key["collectiveauthor2018"]["author"] == [
            {"literal": "The Endogenous Hormones and Breast Cancer Collaborative Group"}
        ]

    def test_windows_1252_is_recognised(self):
        found = corpus("bibtex/windows1252.bib")

        assert found.references[0].csl["abstract"] == "25° C"
        assert "encoding-guessed" in codes(found)

    def test_a_translated_title_keeps_its_original(self):
        csl = corpus("nbib/pubmed_translated_title.txt").references[0].csl

        assert csl["original-title"].startswith("Exposition professionnelle aux pesticides")
        assert csl["language"] == "fr"
        xml = corpus("pubmedxml/pmid_36987902.xml").references[0].csl
        assert xml["original-title"].startswith("Pasienter over 75 år innlagt")

    def test_a_retraction_in_medline_has_its_day_and_address(self):
        (notice,) = corpus("nbib/pubmed_retracted.txt").references[0].notices

        assert notice["kind"] == "RETRACTION"
        assert notice["noticed_on"] == "2010-02-06"
        assert notice["url"] == "https://pubmed.ncbi.nlm.nih.gov/20137807/"

    def test_notices_are_not_retracted_themselves(self):
        for name in (
            "nbib/pubmed_retraction_notice.txt",
            "crossref/compare_crossref_wakefield_notice.json",
        ):
            found = corpus(name)
            assert found.references[0].notices == ()
            assert codes(found) == ["is-a-notice"]

    def test_the_worst_update_comes_first(self):
        found = corpus("crossref/compare_crossref_wakefield_retracted.json")

        assert kinds(found) == ["RETRACTION", "CORRECTION"]
        assert found.references[0].notices[0]["noticed_on"] == "2010-02-06"
        assert found.references[0].csl["issued"] == {"date-parts": [[1998, 2]]}

    def test_a_work_that_updates_itself_is_the_paper(self):
        found = corpus("crossref/compare_crossref_partial_retraction.json")

        assert kinds(found) == ["RETRACTION"]
        assert "Partial retraction" in found.references[0].notices[0]["source"]
        assert codes(found) == []

    def test_registry_damage_is_told_and_not_published_silently(self):
        found = corpus("crossref/names_crossref_mojibake_author_list.json")

        assert codes(found) == ["mojibake-author"]
        assert "Castaño-Vinyals" in found.warnings[0].message
        assert "&amp;" not in found.references[0].csl["container-title"]

    def test_crossref_oddities_are_told(self):
        found = corpus("crossref/crossref_list.json")
        told = {(warning.record, warning.code) for warning in found.warnings}

        assert {
            (4, "doi-as-title"),
            (5, "several-people-in-one-name"),
            (6, "doi-as-title"),
            (6, "unusual-doi"),
        } <= told

    def test_csl_oddities_are_told(self):
        found = corpus("csl/csl_list.json")
        told = {warning.record: warning for warning in found.warnings}

        assert told[4].code == "raw-tex"
        assert "Exposición Temprana" in told[4].message
        assert told[8].code == "mojibake-title"
        assert "‘Sailing Rock’" in told[8].message
        assert found.references[13].csl["PMID"] == "25992719"

    def test_papers_about_retraction_are_not_retracted(self):
        ris = corpus("retraction/Zotero-v2.2-385.ris")
        bib = corpus("retraction/Zotero-v2.2-385.bib")

        assert len(ris.references) == len(bib.references) == 385
        assert ris.failed == bib.failed == ()
        assert not any(one.notices for one in (*ris.references, *bib.references))
        # 320 have a DO line; 14 more have their DOI only in an address;
        # of the .bib, 338 have the field and one more an address.
        assert sum("DOI" in one.csl for one in ris.references) == 334
        assert sum("DOI" in one.csl for one in bib.references) == 339
        titles = [one.csl["title"] for one in ris.references]
        assert sum("retract" in title.lower() for title in titles) == 273
        assert {"name-without-comma"} >= set(codes(bib))
        assert shown(ris.references[0].csl) == ["Dal-Ré Rafael"]

    def test_retraction_watch_gives_notices_by_paper(self):
        found = corpus("retraction/retraction_watch_sample.csv")
        by_doi = {one.csl["DOI"]: one for one in found.references}

        assert kinds(found) == ["RETRACTION", "CORRECTION"]
        reinstated = by_doi["10.9999/reinstated-paper"]
        assert [n["noticed_on"] for n in reinstated.notices] == ["2020-01-10", "2022-06-15"]
        assert len(found.failed) == 4
        assert found.records == 9
