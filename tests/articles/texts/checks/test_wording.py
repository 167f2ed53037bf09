import pytest

from tests.articles.texts.checks.making import cite, found, source

pytestmark = pytest.mark.pure

A = [source("a")]


class TestUncitedClaim:
    @pytest.mark.parametrize(
        "sentence",
        [
            "Patients take 5 mg each time.",
            "In the trial 20% got better.",
            "It lasted for 12 weeks then.",
            "Infections were higher than before treatment.",
            "Doctors recommend it for adults.",
            "The tablet improves breathing in adults.",
            "There is a risk of shingles.",
        ],
    )
    def test_a_clinical_sentence_needs_a_source(self, sentence):
        (one,) = found("uncited-claim", f"<h2>Head</h2><p>{sentence}</p>")

        assert (one.severity, one.section, one.sentence) == ("advisory", "Head", sentence)

    @pytest.mark.parametrize(
        "body",
        [
            f"<p>Patients take 5 mg each time.{cite('a')}</p>",
            f"<p>Patients take 5 mg each time. That is all.{cite('a')}</p>",
            f"<p>Experts recommend these:{cite('a')}</p><ul><li><p>take 5 mg each day</p></li></ul>",
            f"<table><caption>Doses{cite('a')}</caption><tbody><tr><td><p>one adult person takes</p></td><td><p>5 mg</p></td></tr></tbody></table>",
            "<p>Should I take 5 mg each day?</p>",
            "<p>The lungs lie in the chest.</p>",
            "<h2>Take 5 mg each day</h2><p>Text.</p>",
        ],
    )
    def test_a_cited_or_harmless_sentence_is_left_alone(self, body):
        assert not found("uncited-claim", body, sources=A)

    def test_a_citation_before_the_claim_does_not_cover_it(self):
        body = f"<p>It was studied.{cite('a')} Patients take 5 mg each time.</p>"

        assert len(found("uncited-claim", body, sources=A)) == 1

    def test_a_lead_in_covers_its_own_list_only(self):
        body = f"<p>Experts say:{cite('a')}</p><ul><li><p>x</p></li></ul><p>Others too:</p><ul><li><p>take 5 mg each day</p></li></ul>"

        assert len(found("uncited-claim", body, sources=A)) == 1

    @pytest.mark.parametrize(
        ("sentence", "count"),
        [("患者每次服用5毫克。", 1), ("该药可改善呼吸功能。", 1), ("肺在胸腔里面的。", 0)],
    )
    def test_reads_chinese(self, sentence, count):
        assert len(found("uncited-claim", f"<p>{sentence}</p>", language="zh")) == count


class TestAbsoluteWording:
    @pytest.mark.parametrize(
        ("sentence", "words"),
        [
            ("This drug is always safe.", "always"),
            ("It never harms.", "never"),
            ("It is 100% effective.", "100% effective"),
            ("It has no side effects.", "no side effects"),
            ("Success is guaranteed.", "guaranteed"),
            ("It cures asthma.", "cures"),
            ("A risk-free choice.", "risk-free"),
        ],
    )
    def test_a_promise_is_told(self, sentence, words):
        (one,) = found("absolute-wording", f"<p>{sentence}</p>")

        assert (one.words, one.severity) == (words, "advisory")

    @pytest.mark.parametrize(
        "sentence",
        [
            "It does not cure asthma.",
            "No treatment is 100% effective.",
            "It is not always safe.",
            "Never stop the tablets on your own.",
            "You should always ask.",
            "People who had never smoked took part.",
            "Is it always safe?",
            "It carries no risk ratio.",
        ],
    )
    def test_a_denial_an_instruction_and_a_question_are_none(self, sentence):
        assert not found("absolute-wording", f"<p>{sentence}</p>")

    @pytest.mark.parametrize(
        ("sentence", "count"),
        [
            ("本药可以根治哮喘。", 1),
            ("绝对安全。", 1),
            ("不能根治哮喘。", 0),
            ("绝对风险为2%。", 0),
        ],
    )
    def test_reads_chinese(self, sentence, count):
        assert len(found("absolute-wording", f"<p>{sentence}</p>", language="zh")) == count

    def test_reads_title_and_summary_too(self):
        two = found("absolute-wording", "<p>x</p>", title="A miracle", summary="It is risk-free.")

        assert [one.field for one in two] == ["title", "summary"]


class TestFusedWords:
    def test_tells_place_and_proposal(self):
        (one,) = found("fused-words", "<h2>Head</h2><p>Tofacitinib is aJAK inhibitor.</p>")

        assert (one.words, one.sentence, one.section) == (
            "aJAK",
            "Tofacitinib is aJAK inhibitor.",
            "Head",
        )
        assert "a JAK" in one.remedy

    @pytest.mark.parametrize("word", ["tsDMARD", "mRNA", "pH", "McCarthy"])
    def test_words_of_medicine_are_left_alone(self, word):
        assert not found("fused-words", f"<p>This is {word} here.</p>")


class TestDoubledTerm:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Tofacitinib (tofacitinib) acts.", "Tofacitinib (tofacitinib)"),
            ("It is in the the lungs.", "the the"),
        ],
    )
    def test_tells_what_is_twice(self, text, words):
        (one,) = found("doubled-term", f"<p>{text}</p>")

        assert one.words == words

    def test_once_is_fine(self):
        assert not found("doubled-term", "<p>Tofacitinib acts.</p>")


class TestLongSentence:
    SENTENCE = "<p>" + "word " * 34 + "end.</p>"

    def test_is_shorter_for_readers_with_a_grade(self):
        (one,) = found("long-sentence", self.SENTENCE, reading_grade=8)

        assert "35 words" in one.message
        assert not found("long-sentence", self.SENTENCE)

    def test_counts_characters_in_chinese(self):
        body = f"<p>{'字' * 71}。</p>"

        assert (
            "71 characters"
            in found("long-sentence", body, reading_grade=8, language="zh")[0].message
        )
        assert not found("long-sentence", body, language="zh")

    def test_leaves_languages_without_limits_alone(self):
        assert not found("long-sentence", self.SENTENCE, reading_grade=8, language="de")
