"""Asking Crossref and PubMed, with answers of our own in their shape: no test leaves the machine."""

import json
import zlib

import httpx2
import pytest
from django.core.cache import cache

from articles.references.lookups import LookupFailed, Lookups, LookupsOff, NotFound, why_not_look_up

WORK = {
    "DOI": "10.5555/test.1",
    "type": "journal-article",
    "title": ["A trial of sugar pills"],
    "author": [{"family": "Specimen", "given": "Sam"}],
    "container-title": ["Journal of Tests"],
    "issued": {"date-parts": [[2024, 3]]},
    "updated-by": [
        {
            "DOI": "10.5555/notice",
            "type": "retraction",
            "updated": {"date-parts": [[2025, 1, 2]]},
        }
    ],
}
PUBMED_XML = b"""<?xml version="1.0"?><PubmedArticleSet><PubmedArticle><MedlineCitation>
<PMID>12345678</PMID><Article><Journal><JournalIssue><PubDate><Year>2024</Year></PubDate></JournalIssue>
<Title>Journal of Tests</Title></Journal><ArticleTitle>A trial of sugar pills.</ArticleTitle>
<AuthorList><Author><LastName>Specimen</LastName><ForeName>Sam</ForeName></Author></AuthorList>
</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()
    yield
    cache.clear()


class World:
    """Answers in turn, and notes what was asked and how long was waited."""

    def __init__(self, *answers) -> None:
        self.answers = list(answers)
        self.asked: list[httpx2.Request] = []
        self.waits: list[float] = []
        self.now = 1000.0

    def handle(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    @property
    def lookups(self) -> Lookups:
        return Lookups(
            transport=httpx2.MockTransport(self.handle), sleep=self.sleep, clock=lambda: self.now
        )


def crossref(message, status=200, **headers):
    return httpx2.Response(
        status, headers=headers, content=json.dumps({"message": message}).encode()
    )


class TestLookup:
    def test_a_doi_gives_the_record_with_its_notices(self, settings):
        settings.CONTACT_EMAIL = "desk@example.invalid"
        world = World(crossref(WORK))

        found = world.lookups.lookup("https://doi.org/10.5555/TEST.1")

        assert found.csl["title"] == "A trial of sugar pills"
        assert [notice["kind"] for notice in found.notices] == ["RETRACTION"]
        asked = world.asked[0]
        assert asked.url.host == "api.crossref.org"
        assert asked.url.raw_path.startswith(b"/works/10.5555%2Ftest.1")
        assert asked.url.params["mailto"] == "desk@example.invalid"
        assert "desk@example.invalid" in asked.headers["User-Agent"]

    def test_a_pmid_asks_pubmed(self):
        world = World(httpx2.Response(200, content=PUBMED_XML))

        found = world.lookups.lookup("PMID: 12345678")

        assert found.csl["PMID"] == "12345678"
        assert world.asked[0].url.params["id"] == "12345678"
        assert world.asked[0].url.params["tool"] == "imprimatur"

    def test_the_same_question_is_asked_once(self):
        world = World(crossref(WORK))

        world.lookups.lookup("10.5555/test.1")
        world.lookups.lookup("doi:10.5555/test.1")

        assert len(world.asked) == 1

    def test_an_unknown_source_is_said_to_be_unknown(self):
        with pytest.raises(NotFound, match="Crossref knows no such source"):
            World(httpx2.Response(404)).lookups.lookup("10.5555/nothing")

    def test_a_busy_service_is_asked_again_after_the_pause_it_wants(self):
        world = World(httpx2.Response(429, headers={"Retry-After": "2"}), crossref(WORK))

        world.lookups.lookup("10.5555/test.1")

        assert world.waits[0] == 2.0
        assert len(world.asked) == 2

    @pytest.mark.parametrize(
        ("answers", "words"),
        [
            ([httpx2.ConnectError("no route")] * 3, "could not be reached"),
            ([httpx2.ReadTimeout("slow")] * 3, "took too long"),
            ([httpx2.Response(503)] * 3, "is busy"),
            ([httpx2.Response(401)], "refused the question"),
            ([httpx2.Response(200, content=b"<html>maintenance</html>")], "cannot be read"),
        ],
    )
    def test_a_failure_says_what_happened(self, answers, words):
        with pytest.raises(LookupFailed, match=words):
            World(*answers).lookups.lookup("10.5555/test.1")

    def test_questions_keep_their_distance(self):
        other = PUBMED_XML.replace(b"12345678", b"12345679")
        world = World(*[httpx2.Response(200, content=xml) for xml in (PUBMED_XML, other)])
        lookups = world.lookups

        lookups.lookup("12345678")
        lookups.lookup("12345679")

        assert sum(world.waits) == pytest.approx(0.34)

    def test_what_is_no_identifier_asks_nobody(self):
        world = World()

        with pytest.raises(LookupFailed, match="neither a DOI nor a PMID"):
            world.lookups.lookup("sugar pills")

        assert world.asked == []

    def test_a_site_may_ask_nobody_and_says_so(self, settings):
        settings.REFERENCE_LOOKUPS = False
        world = World()

        with pytest.raises(LookupsOff):
            world.lookups.lookup("10.5555/test.1")

        assert "does not ask" in why_not_look_up()
        assert world.asked == []


class TestSuggest:
    def test_a_citation_in_words_gives_candidates(self):
        world = World(crossref({"items": [WORK, WORK | {"DOI": "10.5555/test.2"}]}))

        found = world.lookups.suggest("Specimen S. A trial  of sugar pills. 2024")

        assert [one.csl["DOI"] for one in found] == ["10.5555/test.1", "10.5555/test.2"]
        assert world.asked[0].url.params["query.bibliographic"] == (
            "Specimen S. A trial of sugar pills. 2024"
        )

    def test_no_words_ask_nobody(self):
        assert World().lookups.suggest("  ") == []

    def test_nothing_found_is_an_empty_list(self):
        assert World(crossref({"items": []})).lookups.suggest("sugar") == []


class Pieces(httpx2.SyncByteStream):
    """A body that arrives piece by piece, and counts how many were taken."""

    def __init__(self, piece: bytes, count: int, *, first=None, between=lambda: None) -> None:
        self.piece, self.count, self.between = piece, count, between
        self.first = first or piece
        self.taken = 0

    def __iter__(self):
        for _ in range(self.count):
            self.taken += 1
            self.between()
            yield self.first if self.taken == 1 else self.piece


class TestDistrust:
    def test_a_small_answer_that_unpacks_to_a_huge_one_is_left_in_the_middle(self):
        packer = zlib.compressobj(wbits=31)
        start = packer.compress(bytes(1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
        again = packer.compress(bytes(1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
        pieces = Pieces(again, 600, first=start)
        packed = httpx2.Response(200, headers={"Content-Encoding": "gzip"}, stream=pieces)

        with pytest.raises(LookupFailed, match="more than can be read"):
            World(packed).lookups.lookup("10.5555/test.1")

        assert pieces.taken == 6

    def test_an_endless_answer_is_left_at_the_limit(self):
        pieces = Pieces(bytes(1024 * 1024), 600)

        with pytest.raises(LookupFailed, match="more than can be read"):
            World(httpx2.Response(200, stream=pieces)).lookups.lookup("10.5555/test.1")

        assert pieces.taken == 6

    @pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip"])
    def test_what_could_unpack_to_anything_is_not_unpacked(self, coding):
        pieces = Pieces(b"x", 3)
        answer = httpx2.Response(200, headers={"Content-Encoding": coding}, stream=pieces)

        with pytest.raises(LookupFailed, match="cannot be read"):
            World(answer).lookups.lookup("10.5555/test.1")

        assert pieces.taken == 0

    def test_an_answer_that_drips_is_given_up_within_the_deadline(self):
        world = World()
        pieces = Pieces(b"x", 60, between=lambda: world.sleep(1.0))
        world.answers = [httpx2.Response(200, stream=pieces)] * 3

        with pytest.raises(LookupFailed, match="took too long"):
            world.lookups.lookup("10.5555/test.1")

        assert world.now <= 1013.0
        assert len(world.asked) == 1

    def test_pauses_count_towards_the_deadline(self):
        world = World(*[httpx2.Response(503, headers={"Retry-After": "60"})] * 3)
        slow = world.handle

        def handle(request):
            world.now += 6.0
            return slow(request)

        world.handle = handle

        with pytest.raises(LookupFailed, match="is busy"):
            world.lookups.lookup("10.5555/test.1")

        assert world.now <= 1018.0
        assert len(world.asked) == 2

    @pytest.mark.parametrize(
        "location",
        [
            "https://elsewhere.invalid/works/1",
            "http://api.crossref.org/works/1",
            "http://127.0.0.1/internal",
            "https://api.crossref.org:8443/works/1",
            "file:///etc/hostname",
        ],
    )
    def test_a_question_is_not_sent_on_elsewhere(self, location):
        world = World(httpx2.Response(302, headers={"Location": location}), crossref(WORK))

        with pytest.raises(LookupFailed, match="which this site does not ask"):
            world.lookups.lookup("10.5555/test.1")

        assert len(world.asked) == 1

    def test_on_the_same_host_it_is(self):
        moved = httpx2.Response(301, headers={"Location": "/v2/works/test.1"})
        world = World(moved, crossref(WORK))

        found = world.lookups.lookup("10.5555/test.1")

        assert found.csl["DOI"] == "10.5555/test.1"
        assert str(world.asked[1].url) == "https://api.crossref.org/v2/works/test.1"

    def test_but_not_in_circles(self):
        world = World(*[httpx2.Response(302, headers={"Location": "/again"})] * 9)

        with pytest.raises(LookupFailed, match="in circles"):
            world.lookups.lookup("10.5555/test.1")

        assert len(world.asked) == 4

    @pytest.mark.parametrize("ask", ["lookup", "suggest"])
    def test_a_page_of_something_in_between_is_not_kept(self, ask):
        good = crossref(WORK if ask == "lookup" else {"items": [WORK]})
        world = World(httpx2.Response(200, content=b"<html>Sign in to the network</html>"), good)

        with pytest.raises(LookupFailed, match="cannot be read"):
            getattr(world.lookups, ask)("10.5555/test.1")

        assert getattr(world.lookups, ask)("10.5555/test.1")

    def test_an_answer_about_another_doi_is_refused_and_not_kept(self):
        world = World(crossref(WORK | {"DOI": "10.9999/other"}), crossref(WORK))

        with pytest.raises(LookupFailed, match=r"about another source, 10\.9999/other"):
            world.lookups.lookup("10.5555/test.1")

        assert world.lookups.lookup("10.5555/test.1").csl["DOI"] == "10.5555/test.1"

    def test_an_answer_about_another_pmid_is_refused(self):
        with pytest.raises(LookupFailed, match="PubMed answered about another source, 12345678"):
            World(httpx2.Response(200, content=PUBMED_XML)).lookups.lookup("12345679")
