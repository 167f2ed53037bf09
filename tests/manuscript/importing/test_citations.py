"""Which numbers cite, and which belong to the text."""

import pytest

from manuscript.content.citations import citations
from manuscript.content.plain import plain_text
from manuscript.importing import counts
from manuscript.importing.markers import located
from tests.manuscript.importing.reading import cited, codes, labels, noted, read, words

LIST = "\n\nReferences\n\n1. https://a.example/1\n2. https://a.example/2\n3. https://a.example/3\n"


def citing(sentence: str, references: str = LIST, **options: str):
    return read(f"What is it?\n\n{sentence}{references}", **options)


class TestByForm:
    @pytest.mark.parametrize(
        ("marker", "expected"),
        [
            ("[1]", ["1"]),
            (" [1,2]", ["1 2"]),
            (" [1, 3]", ["1 3"]),
            ("[1-3]", ["1 2 3"]),
            ("[1–3]", ["1 2 3"]),
            ("［1］", ["1"]),
            ("［1，2］", ["1 2"]),
            ("【1】", ["1"]),
            ("【1†source】", ["1"]),
            ("【2:0†source】", ["2"]),
            ("[^1]", ["1"]),
            ("[^1^]", ["1"]),
            ("[^1^][1]", ["1"]),
            ("[1][2]", ["1 2"]),
            ("¹", ["1"]),
            ("¹,²", ["1 2"]),
            ("¹⁻³", ["1 2 3"]),
        ],
    )
    @pytest.mark.parametrize("format", ["text", "markdown"])
    def test_recognises(self, marker, expected, format):  # noqa: A002 - the option's name
        article = citing(f"It is given early{marker}. Then it is stopped.", format=format)

        assert cited(article) == expected
        assert words(article.body) == "It is given early. Then it is stopped."

    def test_in_chinese(self):
        article = citing("甲氨蝶呤是一线药物［1］。生物制剂[2,3]可用于难治患者。", language="zh")

        assert cited(article) == ["1", "2 3"]

    @pytest.mark.parametrize(
        "text",
        [
            "an area of 5 m² in all",
            "10⁶ cells per mL",
            "R² was 0.5 in both",
            "imaging with ¹⁸F-FDG was used",
            "30 kg/m² or more",
            "10⁻³ of them",
            "a CI [1, 3] around it",
            "the [2023] guideline",
            "a calcium Ca²⁺ channel",
            "array[1](x) here",
        ],
    )
    def test_leaves_powers_and_intervals(self, text):
        article = citing(f"There was {text}.")

        assert not cited(article)
        assert text in words(article.body)

    def test_needs_no_list(self):
        article = citing("It is given early [1]. It is stopped late [2].", references="\n")

        assert labels(article) == ["1", "2"]
        assert not any(reference.identified for reference in article.references)
        assert [w.line for w in noted(article, "reference-to-identify")] == [3, 3]

    def test_says_what_the_list_lacks(self):
        article = citing("It is given early [1]. It is stopped late [9].")

        assert [w.line for w in noted(article, "citation-without-reference")] == [3]
        assert labels(article) == ["1", "2", "3", "9"]

    def test_a_heading_and_a_cell_may_cite_in_brackets(self):
        article = read("# T?\n\n## Dose [1]\n\nText.\n\n|a|b|\n|-|-|\n|c|5 [2]|\n")

        assert cited(article) == ["1", "2"]


class TestBareNumbers:
    def test_with_a_list(self):
        article = citing(
            "It is given early 1. It is stopped late, as a trial showed 2, but not always 3."
        )

        assert cited(article) == ["1", "2", "3"]

    def test_without_a_list_by_a_dense_range(self):
        article = citing(
            "It is given early. 1\n\nIt is stopped late 2, but not always.\n\nIt is safe. 3 Most agree.\n",
            references="",
        )

        assert cited(article) == ["1", "2", "3"]

    def test_behind_the_full_stop(self):
        article = citing("It is given early.1,2 It is stopped late.3")

        assert cited(article) == ["1 2", "3"]
        assert words(article.body) == "It is given early. It is stopped late."

    def test_ranges_and_groups(self):
        article = citing("- It is given early 1-3\n- It is stopped late 1, 2\n- Then again 3\n")

        assert cited(article) == ["1 2 3", "1 2", "3"]

    def test_in_parentheses(self):
        article = citing("It is given early (1). It is stopped late (2, 3). It is safe.")

        assert cited(article) == ["1", "2 3"]

    @pytest.mark.parametrize(
        "text",
        [
            "patients with diabetes Type 2, and others",
            "a trial in Phase 3, then",
            "disease of stage 3. It",
            "inhibitors of JAK 1, and others",
            "COVID-19, and others",
            "COVID 19, and others",
            "deficiency of vitamin B 2, and others",
            "a score of 3, and more",
            "a fall to 2, and less",
            "a mean of 1.2 mg per day",
            "2-3g daily",
            "on May 2, when it began",
            "in 2023, when it began",
            "aged 3. They",
            "see Table 2, above",
            "an INR of 2, or more",
            "an INR 2, or more",
            "patients received 3, or more",
            "at least 3, or more",
            "IL-2, IL-3 and others",
            "IL 2, and others",
            "HbA1c 3, and more",
            "between 2 and 3, or so",
            "group 2, the others",
        ],
    )
    def test_that_belong_to_the_text(self, text):
        article = citing(
            f"It is given early 1. It is stopped late 2. It is safe 3.\n\nThere was {text}."
        )

        assert cited(article) == ["1", "2", "3"]
        assert text in words(article.body)

    def test_a_name_written_with_a_number_elsewhere_keeps_it(self):
        article = citing(
            "It blocks ABC1. It blocks ABC 2, too. It is early 1. It is late 2. It is safe 3."
        )

        assert cited(article) == ["1", "2", "3"]

    def test_no_dense_range_is_no_evidence(self):
        article = citing("It was worse 17. It was better 42, but not well 65.", references="")

        assert not cited(article)
        assert noted(article, "possible-citation")

    def test_only_the_dense_part_of_a_range_cites(self):
        article = citing("It is given early. 1\n\nIt is safe. 2\n\nIt is weak. 45", references="")

        assert cited(article) == ["1", "2"]
        assert [w.line for w in noted(article, "possible-citation")] == [7]

    def test_one_number_is_no_evidence(self):
        article = citing("It is given early. 1", references="")

        assert not cited(article)
        assert [w.proposal for w in noted(article, "possible-citation")] == [
            "if this cites a source, write it as [1]"
        ]

    def test_a_scale_is_no_list_of_citations(self):
        article = citing("- None 1\n- To pain 2\n- To voice 3\n- Spontaneous 4\n", references="")

        assert not cited(article)
        assert len(noted(article, "possible-citation")) == 4

    def test_beside_brackets_they_are_text(self):
        article = citing("It is given early [1]. It is stopped late 2, but not always [3].")

        assert cited(article) == ["1", "3"]
        article = citing("It is given early [1]. It is stopped late 2. It is safe [3].")
        assert cited(article) == ["1", "3"]
        assert [w.line for w in noted(article, "possible-citation")] == [3]

    def test_fused_with_a_word_they_are_noted_only(self):
        article = citing("It is given early2. It is stopped late 1. It is safe. 3")

        assert cited(article) == ["1", "3"]
        assert [w.proposal for w in noted(article, "possible-citation")] == [
            "if this cites a source, write it as [2]"
        ]

    def test_a_cell_that_ends_in_a_number_is_text(self):
        article = read(
            "T?\n\nIt is early. 1\n\nIt is late. 2\n\nGrade\tSigns\nMild\tfever 1\nBad\tfever 2\n"
        )

        assert cited(article) == ["1", "2"]
        assert counts(article)["tables"] == 1


class TestLinks:
    def test_numbered_links_cite(self):
        article = read(
            "# T?\n\nIt is early [1](https://a.example/x) and late [2](https://a.example/y).\n"
        )

        assert cited(article) == ["1", "2"]
        assert [r.csl["URL"] for r in article.references] == [
            "https://a.example/x",
            "https://a.example/y",
        ]

    def test_links_named_by_their_site_cite(self):
        article = read("# T?\n\nIt is early ([a.example](https://a.example/x)).\n")

        assert cited(article) == ["1"]
        assert "a.example" in article.references[0].csl["note"]

    def test_links_to_papers_cite_behind_their_words(self):
        article = read("# T?\n\nIt is early, says [the trial](https://doi.org/10.1056/NEJMoa1).\n")

        assert "says the trial<cite" in article.body
        assert article.references[0].csl["DOI"] == "10.1056/NEJMoa1"
        assert article.references[0].identified
        assert "link-made-citation" in codes(article)

    def test_other_links_stay(self):
        article = read("# T?\n\nIt is early, says [the guideline](https://a.example/x).\n")

        assert '<a href="https://a.example/x">the guideline</a>' in article.body
        assert not article.references

    def test_one_address_is_one_reference(self):
        article = read("# T?\n\nEarly [1](https://a.example/x). Late [3](https://a.example/x).\n")

        assert cited(article) == ["1", "1"]

    def test_superscripts_in_html_cite(self):
        article = read("# T?\n\nIt is **early**<sup>1,2</sup>, 5 m<sup>2</sup>, H<sub>2</sub>O.\n")

        assert cited(article) == ["1 2"]
        assert "5 m<sup>2</sup>, H<sub>2</sub>O." in article.body


class TestPlacesInSources:
    """AMA sets the page behind the number that it belongs to: a raised 2,1(p12)."""

    @pytest.mark.parametrize(
        ("raised", "expected"),
        [
            ("1(p12)", [("1", "p. 12")]),
            ("2,1(p12)", [("2", ""), ("1", "p. 12")]),
            ("1(p12),3", [("1", "p. 12"), ("3", "")]),
            ("1–3(pp4–5)", [("1 2", ""), ("3", "pp. 4–5")]),
            ("1(Table 2 (left)), 2(ch 3)", [("1", "Table 2 (left)"), ("2", "ch 3")]),
        ],
    )
    @pytest.mark.parametrize(
        ("format", "page"),
        [
            ("markdown", "# What is it?\n\nIt is given early.<sup>{}</sup> Then it is stopped." + LIST),
            (
                "html",
                ("<h1>What is it?</h1><p>It is given early.<sup>{}</sup> Then it is stopped.</p><h2>References</h2><ol>"
                "<li>https://a.example/1</li><li>https://a.example/2</li><li>https://a.example/3</li></ol>"),
            ),
        ],
    )  # fmt: skip
    def test_raised(self, raised, expected, format, page):  # noqa: A002 - the option's name
        article = read(page.format(raised), format=format)

        found = [
            (" ".join(key.removeprefix("imported-") for key in one.keys), one.locator or "")
            for one in citations(article.body)
        ]
        assert found == expected
        assert "It is given early. Then it is stopped." in plain_text(article.body)

    @pytest.mark.parametrize(
        ("marker", "expected"),
        [("[1(p12)]", [("1", "p. 12")]), ("[1,2(p12)]", [("1 2", "p. 12")]), ("[2][1(Table 3)]", [("2", ""), ("1", "Table 3")])],
    )  # fmt: skip
    @pytest.mark.parametrize("format", ["text", "markdown"])
    def test_in_brackets(self, marker, expected, format):  # noqa: A002 - the option's name
        article = citing(f"It is given early{marker}. Then it is stopped.", format=format)

        found = [
            (" ".join(key.removeprefix("imported-") for key in one.keys), one.locator or "")
            for one in citations(article.body)
        ]
        assert found == expected

    @pytest.mark.parametrize(
        "raised", ["(p12)", "1(p12", "1()", "x1(p12)", "1(p12)y", "0(p12)", "12-3(p4)", "1,2"]
    )
    def test_other_raised_words_have_none(self, raised):
        assert located(raised) == []

    def test_a_power_is_no_citation_with_a_place(self):
        article = citing("It is 10<sup>2(p3)</sup> times that[1].", format="markdown")

        assert cited(article) == ["1"]
        assert "2(p3)" in article.body
