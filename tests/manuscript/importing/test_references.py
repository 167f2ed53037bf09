"""Lists of references, and what one reference says for certain."""

import pytest

from manuscript.content.schema import KEY
from manuscript.importing.sources import read_source
from tests.manuscript.importing.reading import cited, codes, labels, noted, read, words

PAGE = "What is it?\n\nIt is given early [1] and late [2].\n\n{references}\n"


class TestLists:
    @pytest.mark.parametrize(
        "heading",
        [
            "References", "REFERENCES", "References:", "## References", "**References**", "Reference list",
            "Bibliography", "Works Cited", "Sources", "Sources:", "参考资料", "参考文献：", "引用", "Références",
            "Literatur", "Quellen", "Referencias", "Bibliografía", "Источники", "[References]", "9. References",
        ],
    )  # fmt: skip
    @pytest.mark.parametrize(
        "entries",
        [
            "1. https://a.example/1\n2. https://a.example/2",
            "[1] https://a.example/1\n[2] https://a.example/2",
            "[1]: https://a.example/1\n[2]: https://a.example/2",
            "［1］https://a.example/1\n［2］https://a.example/2",
            "- https://a.example/1\n- https://a.example/2",
            "https://a.example/1\nhttps://a.example/2",
            "1.\nhttps://a.example/1\n2.\nhttps://a.example/2",
            "(1) https://a.example/1\n\n(2) https://a.example/2",
            "¹ https://a.example/1\n² https://a.example/2",
            "1\thttps://a.example/1\n2\thttps://a.example/2",
        ],
    )
    def test_are_found_and_set_aside(self, heading, entries):
        article = read(PAGE.format(references=f"{heading}\n\n{entries}"))

        assert [r.csl.get("URL") for r in article.references] == [
            "https://a.example/1", "https://a.example/2",
        ]  # fmt: skip
        assert labels(article) == ["1", "2"]
        assert words(article.body) == "It is given early and late."
        assert "reference-never-cited" not in codes(article)

    def test_an_address_behind_the_heading_is_an_entry(self):
        article = read(PAGE.format(references="Reference materials:https://a.example/"))

        assert article.references[0].csl["URL"] == "https://a.example/"

    def test_sources_of_something_else_stay(self):
        article = read(
            "What is it?\n\nIt is a vitamin of many foods.\n\nSources\n\n- Liver\n- Eggs\n"
        )

        assert not article.references
        assert "Liver" in words(article.body)

    def test_entries_may_be_wrapped(self):
        article = read(
            PAGE.format(
                references="References\n1. Smith J. A very long title that goes on and on\n   over two lines. 2019.\n"
                "2. Doe A. Short. 2020."
            )
        )

        assert labels(article) == ["1", "2"]
        assert "over two lines. 2019." in article.references[0].csl["note"]

    def test_a_number_at_the_start_of_a_wrapped_line_is_no_label(self):
        article = read(
            PAGE.format(
                references="References\n1. Smith J. A title that goes on, and on,\n12. Berlin: Springer.\n2. Doe A. 2020."
            )
        )

        assert labels(article) == ["1", "2"]

    def test_the_page_may_go_on_below(self):
        article = read(
            PAGE.format(
                references="References\n\n1. https://a.example/1\n2. https://a.example/2\n\n"
                "Prognosis\n\nIt is good in most of the patients who have it."
            )
        )

        assert labels(article) == ["1", "2"]
        assert "<h2>Prognosis</h2>" in article.body

    def test_what_is_never_cited_is_noted(self):
        article = read(
            PAGE.format(references="References\n1. Aa. 2019.\n2. Bb. 2020.\n3. Cc. 2021.")
        )

        assert [w.line for w in noted(article, "reference-never-cited")] == [8]

    def test_one_source_twice_is_noted(self):
        article = read(
            PAGE.format(
                references="References\n1. https://www.a.example/x/\n2. http://a.example/x#top"
            )
        )

        assert [w.line for w in noted(article, "repeated-source")] == [7]
        assert labels(article) == ["1", "2"]

    def test_one_number_twice_is_noted(self):
        article = read(
            PAGE.format(references="References\n1. Aa. 2019.\n2. Bb. 2020.\n2. Cc. 2021.")
        )

        assert labels(article) == ["1", "2", "3"]
        assert [w.line for w in noted(article, "repeated-label")] == [8]

    def test_footnotes(self):
        article = read(
            "# T?\n\nIt is early[^a] and late[^2].\n\n[^a]: Smith J. 2019.\n    It goes on.\n[^2]: https://a.example\n"
        )

        assert labels(article) == ["a", "2"]
        assert article.references[0].csl["note"] == "Smith J. 2019. It goes on."

    @pytest.mark.parametrize(
        ("names", "expected"),
        [
            (["¹", "²"], ["1", "2"]),
            (["①"], ["1"]),
            (["½"], ["1-2"]),
            (["٣"], ["3"]),
            (["Ⅳ"], ["iv"]),
            (["é", "ö"], ["e", "o"]),
            (["é", "e"], ["e", "e-2"]),
            (["注", "肺", "x"], ["x", "x-2", "x-3"]),
            (["x-2", "注", "肺"], ["x-2", "x", "x-3"]),
            (["¹⁸F"], ["18f"]),
        ],
    )
    @pytest.mark.parametrize("listed", [True, False])
    def test_footnotes_of_any_name_cite_what_they_name(self, names, expected, listed):
        said = " ".join(f"It is so, says the study{at}.[^{name}]" for at, name in enumerate(names))
        notes = "\n".join(
            f"[^{name}]: https://a.example/{at}" for at, name in enumerate(names) if listed
        )

        article = read(f"# T?\n\n{said}\n\n{notes}\n", format="markdown")

        assert cited(article) == labels(article) == expected
        assert all(KEY.fullmatch(reference.key) for reference in article.references)
        if listed:
            addresses = [reference.csl["URL"] for reference in article.references]
            assert addresses == [f"https://a.example/{at}" for at in range(len(names))]
            assert noted(article, "repeated-label") == []

    def test_a_raised_number_in_brackets_is_a_number(self):
        article = read(
            "# T?\n\nIt is early.[¹] It is late.[²]\n\n[¹]: https://a.example/1\n[²]: https://a.example/2\n"
        )

        assert cited(article) == labels(article) == ["1", "2"]

    def test_a_link_called_by_a_raised_number_cites_a_key_that_a_text_can_hold(self):
        article = read(
            '<h1>T?</h1><p>It is early.<sup><a href="https://a.example/1">²</a></sup></p>',
            format="html",
        )

        assert all(KEY.fullmatch(reference.key) for reference in article.references)
        assert cited(article) == labels(article)


class TestOneReference:
    def test_vancouver(self):
        csl, identified = read_source(
            "Smith J, Van der Berg AB, et al. Colchicine for gout: a trial. N Engl J Med. 2020 Jan"
            " 5;382(1):1-10. doi:10.1056/NEJMoa123. PMID: 12345678."
        )

        assert identified
        assert csl["author"] == [
            {"family": "Smith", "given": "J"},
            {"family": "Van der Berg", "given": "AB"},
        ]
        assert csl["title"] == "Colchicine for gout: a trial"
        assert csl["container-title"] == "N Engl J Med"
        assert csl["issued"] == {"date-parts": [[2020, 1, 5]]}
        assert (csl["volume"], csl["issue"], csl["page"]) == ("382", "1", "1-10")
        assert (csl["DOI"], csl["PMID"]) == ("10.1056/NEJMoa123", "12345678")

    def test_apa(self):
        csl, identified = read_source(
            "Miller, A. B., & Roe, C. (2018). Gout and diabetes. Diabetes Care, 41(2), 100–110."
        )

        assert not identified
        assert csl["author"][1] == {"family": "Roe", "given": "C."}
        assert (csl["title"], csl["container-title"]) == ("Gout and diabetes", "Diabetes Care")
        assert csl["page"] == "100-110"

    def test_an_organisation_is_no_list_of_people(self):
        csl, _ = read_source("World Health Organization. A report on gout. Bull WHO. 2019;5:1-2.")

        assert "author" not in csl
        assert csl["note"].startswith("World Health Organization.")

    def test_gbt(self):
        csl, _ = read_source("张三, 李四. 痛风诊疗指南[J]. 中华内科杂志, 2018, 57(4): 242-251.")

        assert csl["title"] == "痛风诊疗指南"
        assert csl["container-title"] == "中华内科杂志"
        assert csl["author"] == [{"literal": "张三"}, {"literal": "李四"}]

    @pytest.mark.parametrize(
        ("text", "doi"),
        [
            ("doi:10.1056/NEJMoa123.", "10.1056/NEJMoa123"),
            ("https://doi.org/10.1016/S0140-6736(97)11096-0", "10.1016/S0140-6736(97)11096-0"),
            ("(see 10.1000/abc)", "10.1000/abc"),
        ],
    )
    def test_doi(self, text, doi):
        csl, identified = read_source(text)

        assert csl["DOI"] == doi
        assert identified

    def test_pubmed_address(self):
        csl, identified = read_source("https://pubmed.ncbi.nlm.nih.gov/29768149/")

        assert csl["PMID"] == "29768149"
        assert identified

    def test_an_address_needs_a_title(self):
        assert read_source("https://www.cdc.gov/tb/") == (
            {"type": "webpage", "URL": "https://www.cdc.gov/tb/"},
            False,
        )
        csl, identified = read_source("[Tuberculosis](https://www.cdc.gov/tb/)")
        assert (csl["title"], identified) == ("Tuberculosis", True)
        csl, identified = read_source(
            "Tuberculosis basics. Available from: https://www.cdc.gov/tb/"
        )
        assert (csl["title"], identified) == ("Tuberculosis basics", True)

    def test_words_are_kept_and_not_guessed_from(self):
        csl, identified = read_source("Xeljanz prescribing information, Pfizer")

        assert csl == {"type": "document", "note": "Xeljanz prescribing information, Pfizer"}
        assert not identified

    @pytest.mark.parametrize(
        "url",
        [
            "https://bing.com/search?q=TB",
            "https://www.google.com/search?q=TB",
            "https://www.baidu.com/s?wd=TB",
        ],
    )
    def test_a_search_page_is_no_source(self, url):
        assert not read_source(f"[TB symptoms]({url})")[1]
