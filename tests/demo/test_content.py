"""The demo's content: sources as the facts have them, bodies within the schema, nobody real."""

import csv
import json
import re
import unicodedata
from pathlib import Path

import pytest

from manuscript.citing.csl import is_identified, normalise_csl
from manuscript.citing.identifiers import normalise_doi
from manuscript.content.canonical import canonicalise
from manuscript.content.citations import cited_keys
from manuscript.content.claims import claims
from manuscript.content.schema import KEY, TAGS

from .plans import walk

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "demo"
FACTS = ROOT.parent / "shared" / "facts"
BODIES = sorted((DEMO / "articles").glob("*.html"))
STEPS = {
    "create": {"by"},
    "save": {"by", "body_file", "note"},
    "follow": {"by", "version"},
    "freeze": {"by"},
    "submit": {"by", "note"},
    "assign": {"by", "reviewer", "capacity", "due_in_days"},
    "sign": {"by", "comment"},
    "request_changes": {"by", "comment"},
    "withdraw": {"by", "notice"},
    "retract": {"by", "notice"},
    "caution": {"by", "notice"},
    "record_notice": {"by", "reference", "notice_index"},
}
OPTIONAL = {"create": {"source"}, "freeze": {"change_class", "change_note"}}


def load(name):
    return json.loads((DEMO / name).read_text(encoding="utf-8"))


def glossary():
    with (DEMO / "glossary.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


ARTICLES = load("articles.json")
REFERENCES = {row["key"]: row for row in load("references.json")}
PEOPLE = {row["key"]: row for row in load("people.json")}
RULES = load("rules.json")
STEPS_TAKEN = [(article, step) for article in ARTICLES for step in article["plan"]]
bodies = pytest.mark.parametrize("path", BODIES, ids=lambda path: path.stem)
articles = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article["slug"])


def walks():
    return {
        (article["slug"], name): edition
        for article in ARTICLES
        for name, edition in walk(article, RULES).items()
    }


class TestBodies:
    @bodies
    def test_uses_the_tags_of_the_schema_in_canonical_order(self, path):
        text = path.read_text(encoding="utf-8")

        assert set(re.findall(r"<([a-z0-9]+)", text)) <= TAGS
        assert re.sub(r">\n<", "><", text.strip()) == re.sub(r">\n<", "><", canonicalise(text))

    @bodies
    def test_cites_references_that_exist(self, path):
        keys = cited_keys(canonicalise(path.read_text(encoding="utf-8")))

        assert keys
        assert set(keys) <= set(REFERENCES)

    @bodies
    def test_every_sentence_with_a_digit_is_traced(self, path):
        sources = (DEMO / "SOURCES.md").read_text(encoding="utf-8")
        section = sources.split(f"## {path.name}\n", 1)[1].split("\n## ", 1)[0]

        for claim in claims(canonicalise(path.read_text(encoding="utf-8"))):
            if re.search(r"\d", claim.text):
                assert f"- {claim.text}\n  — " in section

    def test_every_body_belongs_to_an_edition_and_every_edition_has_one(self):
        named = {edition["body_file"] for article in ARTICLES for edition in article["editions"]}
        named |= {step["body_file"] for _, step in STEPS_TAKEN if "body_file" in step}

        assert named == {f"articles/{path.name}" for path in BODIES}

    def test_every_reference_is_cited(self):
        cited = {
            key for path in BODIES for key in cited_keys(canonicalise(path.read_text("utf-8")))
        }

        assert set(REFERENCES) == cited


class TestReferences:
    @pytest.mark.parametrize("key", sorted(REFERENCES))
    def test_is_normalised_and_findable(self, key):
        csl = REFERENCES[key]["csl"]

        assert KEY.fullmatch(key)
        assert normalise_csl(csl) == csl
        assert is_identified(csl)

    @pytest.mark.skipif(not FACTS.exists(), reason="the facts are not beside this checkout")
    @pytest.mark.parametrize("key", sorted(REFERENCES))
    def test_says_what_the_facts_say_and_no_more(self, key):
        records = json.loads((FACTS / "references.csl.json").read_text(encoding="utf-8"))
        retracted = json.loads((FACTS / "retractions.json").read_text(encoding="utf-8"))
        facts = {row["id"]: row for row in records}
        facts |= {row["id"]: {"id": row["id"]} | row["original"] for row in retracted}
        record = normalise_csl(facts[key])
        goes_on = record.get("custom", {}).get("authors-et-al") is True

        for field, value in REFERENCES[key]["csl"].items():
            expected = {"authors-et-al": True} if field == "custom" and goes_on else record[field]
            assert value == expected, field
        assert ("custom" in REFERENCES[key]["csl"]) is goes_on

    def test_notices_have_a_day(self):
        notices = [notice for row in REFERENCES.values() for notice in row["notices"]]

        assert {notice["kind"] for notice in notices} == {"RETRACTION", "CORRECTION"}
        for notice in notices:
            assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", notice["noticed_on"])
            assert not notice["doi"] or normalise_doi(notice["doi"]) == notice["doi"]

    def test_no_doi_or_pmid_twice(self):
        for field in ("DOI", "PMID"):
            values = [row["csl"][field] for row in REFERENCES.values() if field in row["csl"]]
            assert len(values) == len(set(values))


class TestArticles:
    @articles
    def test_has_what_it_needs(self, article):
        topics = {row["slug"] for row in load("topics.json")}
        specialties = {row["slug"] for row in load("specialties.json")}

        assert re.fullmatch(r"[a-z0-9-]{3,120}", article["slug"])
        assert len(article["question"]) <= 300
        assert article["specialty"] in specialties
        assert set(article["topics"]) <= topics
        for edition in article["editions"]:
            assert edition["audience"] in {"public", "clinician"}
            assert edition["language"] in {"en", "zh"}
            assert edition["title"]
            assert edition["heading"]
            assert 0 < len(edition["summary"]) <= 1000
            assert set(edition["ai_provenance"] or {"model"}) <= {
                "model",
                "prompt",
                "date",
                "responsible",
            }

    @articles
    def test_plan_goes_forward_in_time_with_known_steps(self, article):
        days = [step["days_ago"] for step in article["plan"]]
        editions = {f"{row['audience']}.{row['language']}" for row in article["editions"]}

        assert days == sorted(days, reverse=True)
        assert 0 < days[-1] <= days[0] < 430
        for step in article["plan"]:
            optional = OPTIONAL.get(step["do"], set())
            edition = set() if step["do"] == "record_notice" else {"edition"}
            assert set(step) - optional == STEPS[step["do"]] | edition | {"do", "days_ago"}
            assert step.get("edition") in editions | {None}
            assert step.get("source") in editions | {None}

    def test_every_state_is_shown(self):
        found = walks()
        ends = {edition.state for edition in found.values()}
        approved = [
            {name for (slug, name), row in found.items() if slug == one and row.approved_before}
            for one in {slug for slug, _ in found}
        ]

        assert ends == {
            "DRAFT",
            "SUBMITTED",
            "UNDER_REVIEW",
            "CHANGES_REQUESTED",
            "APPROVED",
            "WITHDRAWN",
            "RETRACTED",
        }
        assert sum({"clinician.en", "public.en"} <= names for names in approved) >= 2
        assert any("clinician.zh" in names for names in approved)

    def test_special_cases_are_shown(self):
        found = walks()
        lipids = found["jak-inhibitors-lipids", "clinician.en"]
        hearts = found["tofacitinib-heart-clots-cancer", "clinician.en"]
        screening = found["sjogren-lung-screening", "clinician.en"]

        assert (len(lipids.asked), len(lipids.signed)) == (2, 1)
        assert hearts.history.count("SUPERSEDED") == 2
        assert screening.state == "UNDER_REVIEW"
        assert screening.approved_before

    def test_an_alarm_comes_after_the_approval_it_alarms(self):
        [(article, step)] = [pair for pair in STEPS_TAKEN if pair[1]["do"] == "record_notice"]
        signed = [one["days_ago"] for one in article["plan"] if one["do"] == "sign"]
        notice = REFERENCES[step["reference"]]["notices"][step["notice_index"]]

        assert notice["kind"] == "RETRACTION"
        assert notice["recorded_by_plan"]
        assert step["days_ago"] < min(signed)

    def test_the_typo_fix_changes_one_word(self):
        before, after = (
            (DEMO / f"articles/tofacitinib-heart-clots-cancer.en.clinician.{version}.html")
            .read_text(encoding="utf-8")
            .split()
            for version in ("v2", "v3")
        )
        changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]

        assert changed == [("anwser", "answer")]


class TestNotices:
    def test_the_first_words_do_not_repeat_the_heading(self):
        notices = [step["notice"] for _, step in STEPS_TAKEN if step.get("notice")]

        assert notices
        for text in notices:
            assert not re.match(r"(Retracted|Retraction|Withdrawn|Withdrawal|Caution)\b", text)


class TestPeople:
    def test_one_person_of_each_role_is_offered_for_signing_in(self):
        offered = [person for person in PEOPLE.values() if person.get("sign_in") is True]

        assert [(person["roles"], person["name"]) for person in offered] == [
            (["editor"], "Ida Draft"),
            (["reviewer"], "Bo Specimen"),
            (["chair"], "Casey Placeholder"),
            (["administrator"], "Ash Dummy"),
        ]

    def test_nobody_has_a_real_address_or_licence(self):
        for key, person in PEOPLE.items():
            assert person["email"] == f"{key}@demo.invalid"
            assert set(person["roles"]) <= {"editor", "reviewer", "chair", "administrator"}
            for credential in person["credentials"]:
                assert credential["authority"].endswith("(fictional)")
                assert credential["profession"].endswith("(fictional)")
                assert re.fullmatch(r"DEMO-\d{4}", credential["licence_number"])

    def test_no_other_address_stands_anywhere(self):
        for path in DEMO.rglob("*"):
            if path.suffix in {".html", ".json", ".csv", ".md"}:
                for address in re.findall(r"[\w.+-]+@[\w.-]+\w", path.read_text(encoding="utf-8")):
                    assert address.endswith("@demo.invalid")

    def test_steps_are_taken_by_people_of_the_demo_in_their_roles(self):
        roles = {
            "create": "editor",
            "save": "editor",
            "follow": "editor",
            "freeze": "editor",
            "submit": "editor",
            "sign": "reviewer",
            "request_changes": "reviewer",
        }
        for _, step in STEPS_TAKEN:
            assert roles.get(step["do"], "chair") in PEOPLE[step["by"]]["roles"]
            if step["do"] == "assign":
                assert "reviewer" in PEOPLE[step["reviewer"]]["roles"]

    def test_signers_were_qualified_and_had_declared_on_the_day(self):
        for article, step in STEPS_TAKEN:
            if step["do"] != "sign":
                continue
            person, day = PEOPLE[step["by"]], step["days_ago"]
            capacities = {
                one["capacity"]
                for one in article["plan"]
                if one["do"] == "assign" and one["reviewer"] == step["by"]
            }
            for credential in person["credentials"]:
                assert credential["verified_days_ago"] > day
                assert credential["expires_in_days"] > -day
            assert capacities <= {row["specialty"] for row in person["credentials"]}
            declared = [one for one in person["interests"]["declared_days_ago"] if one > day]
            assert min(declared) - day < 360

    def test_special_cases_are_shown(self):
        interests = {person["interests"]["state"] for person in PEOPLE.values()}
        expiries = [row["expires_in_days"] for one in PEOPLE.values() for row in one["credentials"]]

        assert interests == {"NONE", "DECLARED", "NEVER_ASKED"}
        assert min(expiries) < 0 < max(expiries)

    def test_declared_companies_are_invented_and_named_in_no_text(self):
        for person in PEOPLE.values():
            for item in person["interests"]["items"]:
                assert "fictional" in item["company"]
                assert all(item["company"] not in path.read_text("utf-8") for path in BODIES)


class TestLists:
    @pytest.mark.parametrize(
        "path", sorted(DEMO.rglob("*.*")), ids=lambda path: str(path.relative_to(DEMO))
    )
    def test_text_is_nfc(self, path):
        if path.suffix in {".html", ".json", ".csv", ".md"}:
            assert unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))

    def test_rules_name_known_specialties_and_there_is_a_general_one(self):
        specialties = {row["slug"] for row in load("specialties.json")}
        scopes = [(rule["specialty"], rule["audience"]) for rule in RULES]

        assert ("", "") in scopes
        assert len(scopes) == len(set(scopes))
        for rule in RULES:
            assert {rule["specialty"], *rule["capacities"]} <= specialties | {""}

    def test_disclaimers_cover_every_edition(self):
        rows = load("disclaimers.json")
        for article in ARTICLES:
            for edition in article["editions"]:
                assert any(
                    row["language"] == edition["language"]
                    and row["jurisdiction"] in {"", edition["jurisdiction"]}
                    and row["audience"] in {"", edition["audience"]}
                    for row in rows
                )

    def test_glossary_terms_are_unique_and_short(self):
        rows = glossary()

        assert len({(row["term"], row["language"]) for row in rows}) == len(rows)
        assert sum(row["language"] == "zh" for row in rows) >= 10
        assert sum(row["language"] == "en" for row in rows) >= 40
        assert all(row["definition"] and len(row["definition"]) <= 200 for row in rows)

    def test_questions_are_about_articles_of_the_demo(self):
        slugs = {article["slug"] for article in ARTICLES}
        questions = load("questions.json")

        assert len(questions) == 3
        assert {row["article"] for row in questions} <= slugs
