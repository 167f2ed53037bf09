"""What programs read: structured data, feed, sitemap, robots, health."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext
from lxml import etree

from articles.models import Topic, Version
from reader import structured_data
from reader.feeds import xml_text
from review.models import Publication
from review.public.details import details_of, gather_details
from review.rounds.actions.withdrawing import retract_submission
from tests import factories
from tests.reader.conftest import json_ld, multiply, url

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def count(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


class TestStructuredData:
    def test_an_approved_page_says_who_reviewed_it_and_when(self, client, editor, approve):
        factories.make_reference(editor, key="a-1", doi="10.5555/one", title="A <b> title")
        submission = approve(body='<p>Claim.<cite data-refs="a-1"></cite></p>', summary="In short.")
        data = json_ld(client.get(url(submission)))
        address = f"http://testserver{url(submission)}clinician/"
        assert data["@type"] == "MedicalWebPage"
        assert data["url"] == address
        assert data["lastReviewed"] == "2026-11-22"
        assert data["expires"] == "2027-11-22"
        assert data["creativeWorkStatus"]["termCode"] == "approved"
        assert data["reviewedBy"] == [
            {
                "@type": "Person",
                "name": "Rhea Reviewer",
                "honorificSuffix": "MD",
                "jobTitle": "Consultant in rheumatology",
            }
        ]
        assert data["citation"] == [
            {
                "@type": "MedicalScholarlyArticle",
                "name": "A <b> title",
                "sameAs": "https://doi.org/10.5555/one",
            }
        ]
        assert data["medicalAudience"] == "https://schema.org/Clinician"
        assert data["mainEntity"]["acceptedAnswer"]["text"] == "In short."
        assert data["version"] == "1"
        assert data["inLanguage"] == "en"

    def test_a_pending_page_claims_no_review(self, client, pending):
        data = json_ld(client.get(url(pending())))
        assert data["creativeWorkStatus"]["termCode"] == "pending"
        for claim in ("lastReviewed", "reviewedBy", "expires"):
            assert claim not in data

    def test_a_wording_fix_does_not_move_last_reviewed(
        self, client, editor, approve, reviewer, chair
    ):
        submission = approve()
        edition = factories.edit(submission.edition, editor, body="<p>Spelled rightly.</p>")
        later = factories.AT + timedelta(days=30)
        version = factories.make_version(edition, editor, change_class="EDITORIAL", at=later)
        factories.approve(factories.submit(version, editor, at=later), reviewer, chair, at=later)
        data = json_ld(client.get(url(submission)))
        assert (data["dateModified"], data["lastReviewed"]) == ("2026-12-22", "2026-11-22")

    @pytest.mark.parametrize(
        ("slug", "expected"),
        [
            ("public", ("audience", {"@type": "Audience", "audienceType": "Public"})),
            ("patient", ("medicalAudience", {"@type": "Patient"})),
            (
                "caregiver",
                ("medicalAudience", {"@type": "MedicalAudience", "audienceType": "Caregiver"}),
            ),
            (
                "nurse",
                (
                    "medicalAudience",
                    [
                        "https://schema.org/Clinician",
                        {"@type": "MedicalAudience", "audienceType": "Nurse"},
                    ],
                ),
            ),
            ("researcher", ("medicalAudience", "https://schema.org/MedicalResearcher")),
        ],
    )
    def test_audiences_are_said_in_schema_org_s_words(self, client, approve, slug, expected):
        data = json_ld(client.get(url(approve(slug=slug), slug)))
        name, value = expected
        assert data[name] == value

    def test_no_text_can_end_the_script_element(self, client, approve):
        submission = approve(question="Is </script><script>alert(1)</script> & safe?")
        html = client.get(url(submission)).content.decode()
        block = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
        assert "<" not in block
        assert "&" not in block
        data = json_ld(client.get(url(submission)))
        assert data["name"] == "Is </script><script>alert(1)</script> & safe?"

    def test_what_was_taken_down_has_none(self, approve, chair):
        submission = approve()
        retract_submission(
            actor=chair, submission_id=submission.pk, notice="Wrong.", at=factories.AT
        )
        publication = gather_details(Publication.objects.filter(edition=submission.edition)).get()
        with pytest.raises(ValueError, match="taken down"):
            structured_data.medical_web_page(
                publication,
                facts=details_of(publication, on=factories.AT.date()),
                content={},
                audience=factories.audience(),
                url="",
                site_name="",
            )


class TestFeed:
    def entries(self, client, path="/feed/"):
        return etree.fromstring(client.get(path).content).findall(f"{ATOM}entry")

    def test_it_holds_approved_texts(self, client, approve):
        submission = approve(question="Is <this> & that so?", summary="Short & sweet.")
        submission.edition.article.topics.add(Topic.objects.create(slug="t", name="Topic"))
        (entry,) = self.entries(client)
        address = f"http://testserver{url(submission)}clinician/"
        assert entry.find(f"{ATOM}title").text == "Is <this> & that so?"
        assert entry.find(f"{ATOM}summary").text == "Short & sweet."
        assert entry.find(f"{ATOM}id").text == address
        assert entry.find(f"{ATOM}link").get("href") == address
        assert entry.find(f"{ATOM}category").get("term") == "Topic"
        assert entry.find(f"{ATOM}updated").text.startswith("2026-11-22")

    def test_what_xml_cannot_hold_is_left_out(self):
        crafted = "A\x00\x0b\x1fB\ufffe\uffff\ud800C\t\n\r\x85\U0001fa7a é"
        assert xml_text(crafted) == "ABC\t\n\r\x85\U0001fa7a é"
        etree.fromstring(f"<a>{xml_text(crafted)}</a>")

    def test_one_old_text_does_not_break_it(self, client, approve, monkeypatch):
        approve(question="What is signed?", summary="In short.")
        # Actions refuse such a text and triggers keep it out of a version: change what is read.
        read = Version.from_db.__func__

        def crafted(cls, db, field_names, values):
            row = read(cls, db, field_names, values)
            row.title, row.summary = "Ti\x0btle", "Sum\x01mary"
            return row

        monkeypatch.setattr(Version, "from_db", classmethod(crafted))
        (entry,) = self.entries(client)
        assert entry.find(f"{ATOM}title").text == "Title"
        assert entry.find(f"{ATOM}summary").text == "Summary"

    def test_each_language_has_its_own(self, client, approve, submit_edition):
        submission = approve()
        submit_edition(submission.edition.article, "clinician", language="zh", title="问题？")
        assert len(self.entries(client)) == 1
        (entry,) = self.entries(client, "/zh/feed/")
        assert entry.find(f"{ATOM}title").text == "问题？"

    def test_it_is_304_when_nothing_moved(self, client, approve):
        approve()
        tag = client.get("/feed/").headers["ETag"]
        assert client.get("/feed/", headers={"If-None-Match": tag}).status_code == 304

    def test_it_costs_the_same_with_many_articles(self, client, approve):
        submission = approve()
        submission.edition.article.topics.add(Topic.objects.create(slug="t", name="Topic"))
        multiply(submission, 9)
        few = count(client, "/feed/")
        multiply(submission, 990)
        assert count(client, "/feed/") == few == 3


class TestSitemap:
    def urls(self, client):
        root = etree.fromstring(client.get("/sitemap.xml").content)
        return {row.find(f"{MAP}loc").text: row for row in root.findall(f"{MAP}url")}

    def test_it_names_topics_where_they_have_something_to_read(
        self, client, editor, approve, pending, chair
    ):
        def topic(article, slug):
            article.topics.add(Topic.objects.create(slug=slug, name=slug))

        topic(approve().edition.article, "approved")
        topic(pending(language="zh").edition.article, "pending-zh")
        topic(factories.make_edition(editor).article, "draft")
        gone = approve()
        topic(gone.edition.article, "gone")
        retract_submission(actor=chair, submission_id=gone.pk, notice="Wrong.", at=factories.AT)
        Topic.objects.create(slug="empty", name="Empty")
        urls = [address.removeprefix("http://testserver") for address in self.urls(client)]
        assert [path for path in urls if "/topics/" in path.removesuffix("/topics/")] == [
            "/topics/approved/",
            "/zh/topics/pending-zh/",
        ]

    def test_it_names_approved_texts_with_their_other_languages(
        self, client, approve, submit_edition
    ):
        submission = approve()
        submit_edition(submission.edition.article, "clinician", language="zh")
        submit_edition(submission.edition.article, "public", approved=False)
        urls = self.urls(client)
        english = f"http://testserver{url(submission)}clinician/"
        chinese = f"http://testserver/zh{url(submission)}clinician/"
        assert {english, chinese} <= set(urls)
        assert not [address for address in urls if address.endswith("/public/")]
        links = urls[english].findall("{http://www.w3.org/1999/xhtml}link")
        assert {(link.get("hreflang"), link.get("href")) for link in links} == {
            ("en", english),
            ("zh", chinese),
        }
        assert urls[english].find(f"{MAP}lastmod").text == "2026-11-22"

    def test_it_costs_the_same_with_many_articles(self, client, approve):
        submission = approve()
        submission.edition.article.topics.add(Topic.objects.create(slug="t", name="Topic"))
        multiply(submission, 9)
        few = count(client, "/sitemap.xml")
        multiply(submission, 990)
        assert count(client, "/sitemap.xml") == few == 2
        assert len(self.urls(client)) > 1000


class TestHealth:
    def test_robots_are_shown_the_sitemap_and_kept_from_the_work(self, client):
        text = client.get("/robots.txt").content.decode()
        assert "Sitemap: http://testserver/sitemap.xml" in text
        for path in ("/desk/", "/board/", "/admin/", "/api/", "/search/", "/zh/search/"):
            assert f"Disallow: {path}\n" in text

    def test_alive_asks_nothing(self, client):
        assert client.get("/healthz").content == b"ok\n"

    def test_ready_asks_the_database(self, client, db):
        assert client.get("/readyz").status_code == 200

    def test_a_missing_migration_is_not_ready(self, client, db):
        from reader.views import machines

        machines._complete.cache_clear()
        MigrationRecorder(connection).record_unapplied("reader", "0002_evidence")
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.content == b"not ready: 1 migrations are not applied\n"

    def test_a_database_that_is_away_is_not_ready(self, client, monkeypatch, db):
        def away():
            raise DatabaseError

        with monkeypatch.context() as patch:
            patch.setattr(connection, "cursor", away)
            response = client.get("/readyz")
        assert response.status_code == 503
        assert b"does not answer" in response.content
