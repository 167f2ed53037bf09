"""Plain text: paragraphs, headings, titles, lists and tables by their looks."""

import pytest

from manuscript.importing import counts
from tests.manuscript.importing.reading import codes, noted, read


def body(words: str) -> str:
    """Return the body of a page that begins with a title."""
    return read(
        "What is it?\n\nAn answer comes first here.\n\n" + words, format="text"
    ).body.removeprefix("<p>An answer comes first here.</p>")


class TestParagraphs:
    def test_each_line_is_one_where_lines_are_not_wrapped(self):
        assert body("One sentence ends here.\nAnother stands below it.\n").count("<p>") == 2

    def test_wrapped_lines_are_joined(self):
        wrapped = (
            "The treatment of this disease begins with a careful history and an\n"
            "examination of the joints, and then with the laboratory tests that are\n"
            "needed to tell it from other diseases. Most patients need no imaging\n"
            "of the joints at the beginning.\n"
        )

        assert body(wrapped) == "<p>" + wrapped.strip().replace("\n", " ") + "</p>"

    def test_a_line_that_goes_on_in_lower_case_is_joined(self):
        assert body("It is given early and then\nstopped late.\n") == (
            "<p>It is given early and then stopped late.</p>"
        )

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_every_line_ending_counts_lines_alike(self, end):
        article = read(end.join(["Title here", "", "A sentence with aJAK inhibitor.", ""]))

        assert [w.line for w in noted(article, "fused-words")] == [3]
        assert "\r" not in article.body

    def test_markup_characters_are_text(self):
        assert body("Values <5 & >3 are <b>fine</b>.") == (
            "<p>Values &lt;5 &amp; &gt;3 are &lt;b&gt;fine&lt;/b&gt;.</p>"
        )


class TestHeadings:
    def test_a_short_line_above_a_paragraph_is_one(self):
        article = read(
            """
            Title of it

            Signs and symptoms

            They are many, and most of them are mild at the beginning.
            """
        )

        assert "<h2>Signs and symptoms</h2>" in article.body
        assert [(w.line, w.proposal) for w in noted(article, "level-guessed")] == [(3, "h2")]

    @pytest.mark.parametrize(
        "line",
        [
            "The following are recommended:",
            "A sentence ends here.",
            "A sentence ends here.4",
            "Treatment options include",
            "and so it goes on",
            "10 mg of it twice a day",
            "2.5 mg daily",
        ],
    )
    def test_a_line_that_is_part_of_the_text_is_none(self, line):
        assert "<h" not in body(
            f"{line}\n\nThis is a paragraph that follows on the line above it.\n"
        )

    def test_numbers_tell_the_level(self):
        article = body(
            "1. Introduction\n\nA paragraph about the beginning of it all.\n\n"
            "1.1 Methods\n\nA paragraph about how it was done here.\n\n"
            "2. Results\n\nA paragraph about what came of it all.\n"
        )

        assert "<h2>1. Introduction</h2>" in article
        assert "<h3>1.1 Methods</h3>" in article
        assert "<h2>2. Results</h2>" in article

    def test_a_label_on_its_own_line_is_one(self):
        assert "<h2>Monitoring:</h2>" in body(
            "Monitoring:\n\nIt is measured once a year in most.\n"
        )
        assert "<h" not in body("Monitoring:\n\n- Once a year\n")

    def test_chinese_chapters_are_headings(self):
        assert "<h2>一、概述</h2>" in body(
            "一、概述\n\n类风湿关节炎是一种慢性疾病，需要长期治疗。\n"
        )

    def test_a_run_of_short_lines_is_no_run_of_headings(self):
        assert "<h" not in body(
            "Apple\n\nPear\n\nPlum\n\nCherry\n\nFig\n\nThe end is near now.\n"
        ).replace("<h2>Fig</h2>", "")

    def test_nothing_below_means_no_heading(self):
        assert "<h" not in body("A paragraph that says something.\n\nThe End\n")


class TestTitles:
    def test_the_page_heading_speaks_of_the_same_thing(self):
        article = read(
            """
            How is acute gout treated?

            Management of Acute Gout

            Colchicine is given early.
            """
        )

        assert (article.title, article.heading) == (
            "How is acute gout treated?",
            "Management of Acute Gout",
        )

    def test_a_section_is_no_page_heading(self):
        article = read(
            """
            How is acute gout treated?

            Overview

            Colchicine is given early in an attack of gout.
            """
        )

        assert article.heading == ""
        assert "<h2>Overview</h2>" in article.body

    def test_below_furniture_the_page_heading_needs_no_shared_word(self):
        article = read(
            """
            What is the best medicine for high blood pressure?

            Article Review Status
            Submitted
            Under Review
            Approved

            First-Line Antihypertensive Therapy

            Thiazides are given first, in most guidelines.
            """
        )

        assert article.heading == "First-Line Antihypertensive Therapy"

    def test_a_page_without_a_title_is_named_after_its_file(self):
        article = read("It is a sentence, and it ends.\n\nSo does this one.", name="gout_flare.txt")

        assert article.title == "gout flare"
        assert "title-guessed" in codes(article)
        assert counts(article)["paragraphs"] == 2


class TestLists:
    @pytest.mark.parametrize("mark", ["•", "-", "*", "–", "·", "◦", "▪", "+", "●"])
    def test_bullets(self, mark):
        assert body(f"{mark} One thing\n{mark} Another thing\n") == (
            "<ul><li><p>One thing</p></li><li><p>Another thing</p></li></ul>"
        )

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("1.", "2."),
            ("1)", "2)"),
            ("(1)", "(2)"),
            ("a.", "b."),
            ("a)", "b)"),
            ("①", "②"),
            ("1、", "2、"),
        ],
    )
    def test_numbers_and_letters(self, first, second):
        assert body(f"{first} One thing\n{second} Another thing\n") == (
            "<ol><li><p>One thing</p></li><li><p>Another thing</p></li></ol>"
        )

    def test_a_genus_is_no_item(self):
        assert "<ol>" not in body("A. fumigatus is a mould that grows everywhere.\n")

    @pytest.mark.parametrize("indent", ["  ", "   ", "    ", "\t"])
    def test_indentation_nests(self, indent):
        article = body(f"• One\n{indent}• Below\n{indent}{indent}• Deeper\n• Two\n")

        assert article == (
            "<ul><li><p>One</p><ul><li><p>Below</p><ul><li><p>Deeper</p></li></ul></li></ul></li>"
            "<li><p>Two</p></li></ul>"
        )

    def test_bullets_under_numbers_nest_without_indentation(self):
        article = body("1. First:\n• a thing\n• a second\n2. Then:\n• a third\n")

        assert article.startswith("<ol><li><p>First:</p><ul><li><p>a thing</p>")
        assert article.count("<ol>") == 1

    def test_a_hollow_bullet_stands_below_a_full_one(self):
        assert "<li><p>B</p><ul><li><p>b</p></li></ul></li><li><p>C</p>" in body(
            "• A\n• B\n◦ b\n• C\n"
        )

    def test_an_item_goes_on_over_lines_and_paragraphs(self):
        article = body(
            "- One thing that is long\n  and goes on\n\n  and has a second paragraph\n- Two\n"
        )

        assert article == (
            "<ul><li><p>One thing that is long and goes on</p><p>and has a second paragraph</p></li>"
            "<li><p>Two</p></li></ul>"
        )

    def test_a_list_that_goes_on_keeps_its_number(self):
        article = body("1. One\n2. Two\n\nA paragraph between them, of some length.\n\n3. Three\n")

        assert '<ol start="3"><li><p>Three</p></li></ol>' in article

    def test_letters_and_gaps_are_noted(self):
        article = read("Title\n\n1. One thing\n3. Another thing\n")

        assert [w.line for w in noted(article, "numbering-changed")] == [4]

    def test_the_last_number_before_a_paragraph_is_no_heading(self):
        article = body(
            "1. Ice\n2. Compression\n3. Rest\n\nThen see a doctor about it, in the clinic.\n"
        )

        assert article.count("<li>") == 3
        assert "<h" not in article

    def test_numbered_sections_may_hold_lists(self):
        article = body(
            "1. Causes\n\nThey are not known in most patients who have it.\n\n"
            "2. Drugs\n\n- One\n- Two\n\n3. Outlook\n\nIt is good in most patients who have it.\n"
        )

        assert "<h2>2. Drugs</h2><ul>" in article
        assert "<h2>3. Outlook</h2>" in article

    def test_numbers_in_brackets_stand_below_plain_ones(self):
        article = body(
            "1. 适应证\n（1）急性冠脉综合征\n（2）缺血性卒中\n2. 禁忌证\n（1）活动性出血\n（2）过敏\n"
        )

        assert article.count("<ol>") == 3
        assert (
            "<li><p>禁忌证</p><ol><li><p>活动性出血</p></li><li><p>过敏</p></li></ol></li>"
            in article
        )

    def test_a_flattened_list_is_noted(self):
        article = read("Title\n\nIt has:    - One.    - Two.    - Three.\n")

        assert [w.line for w in noted(article, "flattened-list")] == [3]

    def test_numbers_at_the_start_of_a_line_are_no_marks(self):
        assert "<ol>" not in body(
            "0.18 per 100 patients had it.\n2-3 g were given.\n65 patients died.\n"
        )


class TestTables:
    def test_tabs_between_cells(self):
        assert body("Drug\tDose\nA\t5 mg\nB\t2-3 g\n") == (
            "<table><thead><tr><th><p>Drug</p></th><th><p>Dose</p></th></tr></thead><tbody>"
            "<tr><td><p>A</p></td><td><p>5 mg</p></td></tr>"
            "<tr><td><p>B</p></td><td><p>2-3 g</p></td></tr></tbody></table>"
        )

    def test_bars_with_a_rule(self):
        assert counts(read("T\n\n| a | b |\n|---|---|\n| c | d |\n", format="text"))["tables"] == 1

    def test_one_line_with_a_tab_is_text(self):
        assert "<table>" not in body("A line\twith a tab in it.\n")


def test_a_chinese_page_under_an_english_name_is_noted():
    words = "如何治疗？\n\n治疗需要长期坚持，患者应当定期复查，医生会根据病情调整用药。\n"

    assert "script-language" in codes(read(words, language="en"))
    assert "script-language" not in codes(read(words, language="zh"))
