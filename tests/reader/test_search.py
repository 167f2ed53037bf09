"""Search, on whichever database the tests run."""

import pytest
from django.db import connection

from reader.search import LONGEST, search, snippet, terms
from review.rounds.actions.withdrawing import retract_submission
from tests import factories
from tests.reader.conftest import multiply, words


def found(query, language="en", **page):
    results = search(query, language=language, **{"limit": 20, "offset": 0, **page})
    return titles(results)


def titles(results):
    return [hit.publication.submission.version.title for hit in results.found]


@pytest.fixture
def library(approve, submit_edition):
    """Make three approved texts about different things, one of them in Chinese as well."""
    lung = approve(
        question="What helps against hypertension of the lung?",
        body="<p>Café notes on COVID-19, β-blockers and anti-Jo-1 antibodies.</p>",
    )
    approve(
        question="How is myositis treated?",
        body="<p>Hypertensive patients with interstitial lung disease are mentioned.</p>",
    )
    approve(question="What is a rash?", body="<p>Skin and nothing else.</p>")
    submit_edition(
        lung.edition.article,
        "public",
        language="zh",
        title="托法替布的作用是什么？",
        body="<p>托法替布用于类风湿关节炎。JAK抑制剂。</p>",
    )
    return lung


class TestSearch:
    def test_a_match_in_the_title_comes_first(self, library):
        assert found("hypertension") == [
            "What helps against hypertension of the lung?",
            "How is myositis treated?",
        ]

    def test_words_are_stemmed_and_accents_folded(self, library):
        assert "What helps against hypertension of the lung?" in found("cafe")
        assert "How is myositis treated?" in found("patient treat")

    @pytest.mark.parametrize(
        "query", ["covid-19", "COVID-19", "β-blockers", "anti-Jo-1", "antibod", '"antibodies"']
    )
    def test_terms_of_medicine_are_found(self, library, query):
        assert found(query) == ["What helps against hypertension of the lung?"]

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_accents_are_folded_in_every_language_and_shown_as_written(
        self, approve, submit_edition, language
    ):
        asked_by = {
            "Sjögren": "sjogren",
            "Meniere": "MÉNIÈRE",
            "Behçet": "behcet",
            "Łódź": "lodz",
            "Ørsted": "orsted",
            "Straße": "strasse",
            "Œdème": "oedeme",
            "Naïveté": "naivete",
            "cm²": "cm2",
            "Ἀρθρίτιδα": "αρθριτιδα",
            "Ёлка": "елка",
            "المُفاصِل": "المفاصل",
            "हिन्दी": "हिन्दी",
            "Xeljanz™": "xeljanz",
        }
        asked = approve(question="What is looked for?", body="<p>Nothing.</p>")
        text = "".join(
            f"<p>{word}, written so.</p><p>{'Then more. ' * 30}</p>" for word in asked_by
        )
        submit_edition(asked.edition.article, "public", language=language, title="Here?", body=text)
        for written, query in asked_by.items():
            results = search(query, language=language, limit=20, offset=0)
            assert (titles(results), results.is_loose) == (["Here?"], False), query
            marked = [words for words, hit in results.found[0].snippet if hit]
            assert written.rstrip("™") in marked, query

    def test_a_vowel_sign_makes_another_word(self, approve):
        approve(question="Which word?", body="<p>दिन and がん.</p>")
        assert found("दिन") == found("がん") == ["Which word?"]
        assert found("दन") == found("かん") == []

    def test_a_phrase_keeps_its_order(self, library):
        assert found('"interstitial lung disease"') == ["How is myositis treated?"]
        results = search('"disease lung interstitial"', language="en", limit=20, offset=0)
        assert results.is_loose

    def test_all_words_are_wanted_before_some_are_enough(self, library):
        strict = search("lung myositis", language="en", limit=20, offset=0)
        assert not strict.is_loose
        assert titles(strict) == ["How is myositis treated?"]
        loose = search("rash zeppelin", language="en", limit=20, offset=0)
        assert loose.is_loose
        assert titles(loose) == ["What is a rash?"]

    @pytest.mark.parametrize("query", ["托法替布", "类风湿", "关节炎 托法替布", "JAK抑制剂", "风"])
    def test_chinese_is_found_by_its_characters(self, library, query):
        assert found(query, "zh") == ["托法替布的作用是什么？"]

    def test_a_chinese_question_without_spaces_finds_its_parts(self, library):
        results = search("托法替布能治好类风湿吗", language="zh", limit=20, offset=0)
        assert results.is_loose
        assert titles(results) == ["托法替布的作用是什么？"]

    def test_each_language_is_searched_by_itself(self, library):
        assert found("托法替布", "en") == []
        assert found("rash", "zh") == []

    def test_an_article_stands_once_with_its_best_text(self, library, submit_edition):
        submit_edition(
            library.edition.article, "public", title="Blood pressure of the lung", body="<p>x</p>"
        )
        results = search("lung", language="en", limit=20, offset=0)
        articles = [hit.publication.edition.article_id for hit in results.found]
        assert len(articles) == len(set(articles)) == results.total == 2

    def test_approved_texts_come_before_pending_ones(self, library, pending):
        pending(question="Lung lung lung?", body="<p>Lung.</p>")
        assert found("lung")[-1] == "Lung lung lung?"

    def test_what_was_taken_down_is_not_found(self, library, chair):
        retract_submission(actor=chair, submission_id=library.pk, notice="Wrong.", at=factories.AT)
        assert found("covid-19") == []

    @pytest.mark.parametrize(
        "query",
        ["", " ", "*", '"', '""', "'; drop table", "a AND b OR (", "NEAR(", "-", "^x", "col:x",
         "\\", "\0", "x" * 5000, "' | '", ":*", "!!", "<script>", "((((", "& |", "%", "_", "😀",
         "word " * 500, "c++", "'a':*", "rash'"],
    )  # fmt: skip
    def test_no_query_is_an_error(self, library, query):
        results = search(query, language="en", limit=20, offset=0)
        assert results.total <= 3

    def test_a_long_query_is_cut_and_says_so(self, library):
        results = search("rash " + "x" * LONGEST, language="en", limit=20, offset=0)
        assert results.was_cut

    def test_pages_follow_one_another(self, approve):
        multiply(approve(question="What is lupus?"), 5)
        first = search("lupus", language="en", limit=4, offset=0)
        second = search("lupus", language="en", limit=4, offset=4)
        shown = [hit.publication.pk for hit in (*first.found, *second.found)]
        assert first.total == second.total == 6
        assert len(set(shown)) == 6

    def test_it_costs_the_same_with_many_articles(self, approve, django_assert_num_queries):
        submission = approve(question="What is lupus?")
        for number in (9, 990):
            multiply(submission, number)
            with django_assert_num_queries(2):
                found("lupus")

    def test_both_databases_are_known(self):
        assert connection.vendor in {"sqlite", "postgresql"}


class TestTerms:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("Lung disease", ["lung", "disease"]),
            ("Sjögren SJOGREN", ["sjogren"]),
            ("हिन्दी,भाषा", ["हिन्दी भाषा"]),
            ('"lung disease" x', ["lung disease", "x"]),
            ("类风湿 JAK", ["类 风 湿", "jak"]),
            ("covid-19 -x", ["covid-19", "x"]),
            ('"unbalanced quote', ["unbalanced", "quote"]),
            ("a a a", ["a"]),
            ("*()", []),
        ],
    )
    def test_what_is_looked_for(self, query, expected):
        assert terms(query) == expected


class TestSnippet:
    def test_it_marks_the_words_and_keeps_their_endings(self):
        parts = snippet("Of hypertensive people, few.", ["hypertensive"])
        assert parts == [("Of ", False), ("hypertensive", True), (" people, few.", False)]

    def test_it_starts_near_the_first_match(self):
        text = "word " * 200 + "needle " + "word " * 200
        parts = snippet(text, ["needle"])
        assert parts[0] == ("… ", False)
        assert ("needle", True) in parts
        assert sum(len(part) for part, _hit in parts) < 240

    def test_words_are_shown_as_written_however_they_fold(self):
        text = "Œdème, Straße, ﬁbrosis and x\u0304: Sjögren’s syndrome, SJOGREN."
        parts = snippet(text, ["sjogren", "fibrosis", "strasse"])
        assert "".join(words for words, _hit in parts) == text
        assert [words for words, hit in parts if hit] == ["Straße", "ﬁbrosis", "Sjögren", "SJOGREN"]

    def test_a_mark_of_its_own_stays_with_its_letter(self):
        assert snippet("The mean x\u0304 of all.", ["x"])[1] == ("x\u0304", True)

    def test_no_word_is_cut(self):
        text = " ".join(f"word{number}-ß" for number in range(200))
        parts = snippet(text, ["word100"])
        assert parts[0] == ("… ", False)
        assert parts[-1] == (" …", False)
        shown = "".join(words for words, _hit in parts[1:-1])
        assert set(shown.split()) <= set(text.split())
        assert f" {shown} " in text

    def test_a_word_next_to_chinese_is_marked_by_itself(self):
        parts = snippet("使用JAK抑制剂。", ["jak"])
        assert parts == [("使用", False), ("JAK", True), ("抑制剂。", False)]

    def test_a_run_of_chinese_is_marked(self):
        parts = snippet("用于类风湿关节炎。", ["类 风 湿"])
        assert parts == [
            ("用于", False),
            ("类风湿", True),
            ("关节炎。", False),
        ]

    @pytest.mark.parametrize(
        "written",
        [
            "改善病情抗风湿药。",
            "称为“靶向”药，属于‘合成’类。",
            "托法替布属于（口服）药……",
            "关节/肺 (托法替布) 与 JAK 抑制剂, 5 mg",
        ],
    )
    @pytest.mark.parametrize("term", ["抗 风 湿 药", "靶 向", "托 法 替", "肺"])
    def test_chinese_reads_as_it_was_written(self, written, term):
        parts = snippet(written, [term])
        assert "".join(words for words, _hit in parts) == written
        assert any(hit for _words, hit in parts) == (term.replace(" ", "") in written)


class TestPage:
    def test_it_shows_what_was_found_with_its_status(self, client, library, pending):
        pending(question="Is a pending rash found?")
        page = words(client.get("/search/?q=rash"))
        assert "2 articles" in page
        assert "What is a rash?" in page
        assert "Not approved yet" in page

    def test_a_link_leads_to_the_text_that_matched(self, client, library):
        html = client.get("/search/?q=rash").content.decode()
        assert 'href="/articles/what-is-a-rash/clinician/"' in html

    def test_nothing_found_is_said_kindly(self, client, library):
        response = client.get("/search/?q=zeppelin")
        assert response.status_code == 200
        assert "Nothing found for “zeppelin”" in words(response)

    def test_without_a_query_there_is_help(self, client, db):
        assert "Write a question or a few words" in words(client.get("/search/"))

    def test_a_query_is_shown_as_text(self, client, library):
        html = client.get("/search/", {"q": "<script>alert(1)</script> rash"}).content.decode()
        assert "<script>alert" not in html

    def test_text_with_markup_in_it_is_shown_as_text(self, client, approve):
        approve(question="Gadolinium?", body="<p>Gadolinium &lt;img src=x onerror=y&gt;</p>")
        html = client.get("/search/?q=gadolinium").content.decode()
        assert "<img src=x" not in html
        assert "&lt;img src=x" in html

    @pytest.mark.parametrize("number", ["0", "-1", "999999", "x", "²"])
    def test_a_page_that_is_not_there_is_an_empty_answer(self, client, library, number):
        assert client.get("/search/", {"q": "rash", "page": number}).status_code == 200

    def test_it_stays_out_of_search_engines(self, client, db):
        response = client.get("/search/?q=x")
        assert 'content="noindex"' in response.content.decode()
