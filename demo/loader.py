"""Load the demonstration through the same actions that people use.

The content stands beside this file as data: people, references, articles and, for each article, a
plan of what was done by whom how many days ago. All plans together are played in the order of
their dates, so that the audit trail reads as it would have been written.
"""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.db import models, transaction

from accounts.actions import audit
from accounts.actions.credentials import save_credential, verify_credential
from accounts.actions.interests import DeclaredInterest, declare_interests
from accounts.actions.users import add_user
from accounts.models import AuditEntry, Credential, Specialty, User
from accounts.models.user import Role
from articles.actions.drafts import save_draft
from articles.actions.editions import add_edition, create_article
from articles.actions.freezing import freeze
from articles.actions.references import add_reference, record_notice
from articles.draft import DraftText
from articles.models import (
    Article,
    Audience,
    Disclaimer,
    Edition,
    GlossaryTerm,
    Reference,
    Topic,
)
from reader.actions.policy import publish_policy
from reader.actions.questions import ask_question
from review.actions.assigning import assign_reviewer
from review.actions.deciding import request_changes
from review.actions.noticing import publish_notice
from review.actions.signing import sign_submission
from review.actions.submitting import submit_version
from review.actions.withdrawing import retract_submission, withdraw_submission
from review.models import Notice, ReviewRule, RuleCapacity, Submission

FOLDER = Path(__file__).parent
PASSWORD = "imprimatur-demo"  # noqa: S105 - published on purpose; it works nowhere else
LOADED = "demo.loaded"
SET_UP_DAYS_AGO = 450

Step = Mapping[str, Any]


@dataclass(frozen=True)
class Event:
    """Something that somebody did at a moment."""

    at: datetime
    play: Callable[[], object]


def read(name: str) -> Any:
    """Return the content of one of the demo's JSON files."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def is_loaded() -> bool:
    """Tell whether this database holds the whole demo."""
    return AuditEntry.objects.filter(action=LOADED).exists()


def sign_ins() -> list[dict[str, str]]:
    """Return one person for each role: role, name, email and password."""
    people = read("people.json")
    chosen = []
    for role in Role:
        person = next(
            person for person in people if role in person["roles"] and person.get("sign_in")
        )
        chosen.append(
            {
                "role": role.label,
                "name": person["name"],
                "email": person["email"],
                "password": PASSWORD,
            }
        )
    return chosen


class Loader:
    """Plays the demo's content into an empty database, as of the moment `now`."""

    def __init__(self, *, now: datetime, tell: Callable[[str], None]) -> None:
        self.now = now
        self.tell = tell
        self.people: dict[str, User] = {}
        self.articles: dict[str, Article] = {}
        self.notices: dict[str, list[dict[str, Any]]] = {}

    def at(self, days_ago: int, *, minutes: int = 0) -> datetime:
        """Return the moment so many days ago."""
        return self.now - timedelta(days=days_ago) + timedelta(minutes=minutes)

    def day(self, days_ago: int) -> date:
        """Return the day so many days ago; a negative number lies ahead."""
        return self.at(days_ago).date()

    def load(self) -> None:
        """Load everything; the last audit entry says that it is complete."""
        self.load_settings()
        self.load_people()
        self.load_library()
        events = [*self.declarations(), *self.plans(), *self.questions()]
        events.sort(key=lambda event: event.at)
        self.tell(f"What they did, in {len(events)} steps")
        for event in events:
            event.play()
        administrator = self.with_role(Role.ADMINISTRATOR)
        with transaction.atomic(durable=True):
            audit.record(actor=administrator, action=LOADED, subject=administrator, at=self.now)

    def with_role(self, role: Role) -> User:
        """Return the first of the demo's people who has `role`."""
        key = next(person["key"] for person in read("people.json") if role in person["roles"])
        return self.people[key]

    # -- What the administrator would set up --------------------------------------------

    def store(self, *rows: models.Model) -> None:
        """Store rows of configuration, with the audit entry that the admin leaves as well."""
        with transaction.atomic(durable=True):
            for row in rows:
                row.save()
                audit.record(
                    actor=None,
                    action="demo.configured",
                    subject=row,
                    at=self.at(SET_UP_DAYS_AGO),
                )

    def load_settings(self) -> None:
        """Load specialties, topics, review rules, disclaimers and the glossary."""
        self.tell("Settings")
        self.store(*(Specialty(**row) for row in read("specialties.json")))
        self.store(*(Topic(**row) for row in read("topics.json")))
        audiences = {row.slug: row for row in Audience.objects.order_by("pk")}
        specialties = {row.slug: row for row in Specialty.objects.order_by("pk")}
        for row in read("rules.json"):
            rule = ReviewRule.objects.filter(
                specialty=specialties.get(row["specialty"]), audience=audiences.get(row["audience"])
            ).first() or ReviewRule(
                specialty=specialties.get(row["specialty"]), audience=audiences.get(row["audience"])
            )
            for name in ("approvals_needed", "pending_is_public", "months_to_next_review"):
                setattr(rule, name, row[name])
            self.store(rule)
            self.store(
                *(
                    RuleCapacity(rule=rule, specialty=specialties[slug])
                    for slug in row["capacities"]
                )
            )
        self.store(
            *(
                Disclaimer(**{**row, "audience": audiences.get(row["audience"])})
                for row in read("disclaimers.json")
            )
        )
        with (FOLDER / "glossary.csv").open(encoding="utf-8", newline="") as file:
            self.store(*(GlossaryTerm(**row) for row in csv.DictReader(file)))

    # -- People ---------------------------------------------------------------------------

    def load_people(self) -> None:
        """Load people, their verified credentials and what they declared."""
        self.tell("People")
        people = read("people.json")
        for person in people:
            self.people[person["key"]] = add_user(
                actor=None,
                email=person["email"],
                name=person["name"],
                password=PASSWORD,
                roles=[Role(role) for role in person["roles"]],
                biography=person["biography"],
                at=self.at(SET_UP_DAYS_AGO),
            )
        administrator = self.with_role(Role.ADMINISTRATOR)
        specialties = {row.slug: row for row in Specialty.objects.order_by("pk")}
        for person in people:
            user = self.people[person["key"]]
            for row in person["credentials"]:
                credential = save_credential(
                    actor=user,
                    credential=Credential(
                        user=user,
                        degree=row["degree"],
                        profession=row["profession"],
                        specialty=specialties[row["specialty"]],
                        licence_number=row["licence_number"],
                        authority=row["authority"],
                        jurisdiction=row["jurisdiction"],
                        expires_on=self.day(-row["expires_in_days"]),
                    ),
                    at=self.at(row["verified_days_ago"], minutes=-30),
                )
                verify_credential(
                    actor=administrator,
                    credential_id=credential.pk,
                    at=self.at(row["verified_days_ago"]),
                )
        publish_policy(
            actor=administrator,
            text=(FOLDER / "policy.md").read_text(encoding="utf-8"),
            change_note="First version.",
            in_force_from=self.day(SET_UP_DAYS_AGO),
            at=self.at(SET_UP_DAYS_AGO),
        )

    def declarations(self) -> Iterator[Event]:
        """Yield who declared interests, and when."""
        for person in read("people.json"):
            for days_ago in person["interests"]["declared_days_ago"]:
                at = self.at(days_ago, minutes=-900)
                yield Event(
                    at,
                    partial(
                        declare_interests,
                        user=self.people[person["key"]],
                        interests=list(self.declared(person["interests"]["items"])),
                        at=at,
                    ),
                )

    def declared(self, items: list[dict[str, Any]]) -> Iterator[DeclaredInterest]:
        """Yield the interests of a declaration."""
        for row in items:
            ended = row["to_days_ago"]
            yield DeclaredInterest(
                company=row["company"],
                product=row["product"],
                kind=row["kind"],
                from_on=self.day(row["from_days_ago"]),
                to_on=None if ended is None else self.day(ended),
            )

    # -- References -----------------------------------------------------------------------

    def load_library(self) -> None:
        """Load the references and the notices that were known when they were added."""
        self.tell("The reference library")
        editor = self.with_role(Role.EDITOR)
        for row in read("references.json"):
            reference = add_reference(
                actor=editor, csl=row["csl"], key=row["key"], at=self.at(SET_UP_DAYS_AGO - 5)
            )
            self.notices[row["key"]] = row["notices"]
            for notice in row["notices"]:
                if not notice["recorded_by_plan"]:
                    self.notice(reference, notice, actor=editor, at=self.at(SET_UP_DAYS_AGO - 5))

    def notice(
        self, reference: Reference, row: Mapping[str, Any], *, actor: User, at: datetime
    ) -> None:
        """Record a journal's notice against a source."""
        record_notice(
            actor=actor,
            reference_id=reference.pk,
            kind=row["kind"],
            noticed_on=date.fromisoformat(row["noticed_on"]),
            doi=row["doi"],
            url=row["url"],
            reason=row["reason"],
            at=at,
        )

    # -- Articles -------------------------------------------------------------------------

    def plans(self) -> Iterator[Event]:
        """Yield the steps of every article's plan."""
        for article in read("articles.json"):
            for number, step in enumerate(article["plan"]):
                at = self.at(step["days_ago"], minutes=5 * number - 600)
                play = getattr(self, f"do_{step['do']}")
                yield Event(at, partial(play, article, step, self.people[step["by"]], at))

    def text_of(
        self, article: Mapping[str, Any], step: Step
    ) -> tuple[Mapping[str, Any], DraftText]:
        """Return the edition's data that a step names, and its text."""
        slug, language = step["edition"].split(".")
        row = next(
            row
            for row in article["editions"]
            if (row["audience"], row["language"]) == (slug, language)
        )
        body = (FOLDER / step.get("body_file", row["body_file"])).read_text(encoding="utf-8")
        return row, DraftText(
            title=row["title"],
            heading=row["heading"],
            summary=row["summary"],
            body=body,
            jurisdiction=row["jurisdiction"],
            ai_provenance=row["ai_provenance"] or {},
        )

    def edition(self, article: Mapping[str, Any], step: Step) -> Edition:
        """Return the edition that a step names, as it stands."""
        slug, language = step["edition"].split(".")
        return Edition.objects.get(
            article__slug=article["slug"], language=language, audience__slug=slug
        )

    def submission(self, article: Mapping[str, Any], step: Step) -> Submission:
        """Return the newest submission of the edition that a step names."""
        rows = Submission.objects.filter(edition=self.edition(article, step))
        return rows.select_related("version").order_by("-pk")[0]

    def do_create(self, article: Mapping[str, Any], step: Step, actor: User, at: datetime) -> None:
        """Start the article, or add an edition to it."""
        row, text = self.text_of(article, step)
        audience = Audience.objects.get(slug=row["audience"])
        if existing := self.articles.get(article["slug"]):
            add_edition(
                actor=actor,
                article=existing,
                language=row["language"],
                audience=audience,
                text=text,
                at=at,
            )
            return
        edition = create_article(
            actor=actor,
            question=article["question"],
            slug=article["slug"],
            specialty=Specialty.objects.get(slug=article["specialty"]),
            topics=list(Topic.objects.filter(slug__in=article["topics"]).order_by("pk")),
            language=row["language"],
            audience=audience,
            text=text,
            at=at,
        )
        self.articles[article["slug"]] = edition.article

    def do_save(self, article: Mapping[str, Any], step: Step, actor: User, at: datetime) -> None:
        """Save another body into the draft."""
        edition = self.edition(article, step)
        _row, text = self.text_of(article, step)
        save_draft(
            actor=actor,
            edition_id=edition.pk,
            draft_number=edition.draft_number,
            text=replace(DraftText.of(edition), body=text.body),
            note=step["note"],
            at=at,
        )

    def do_freeze(self, article: Mapping[str, Any], step: Step, actor: User, at: datetime) -> None:
        """Freeze the draft."""
        edition = self.edition(article, step)
        freeze(
            actor=actor,
            edition_id=edition.pk,
            draft_number=edition.draft_number,
            change_class=step.get("change_class", ""),
            change_note=step.get("change_note", ""),
            at=at,
        )

    def do_submit(self, article: Mapping[str, Any], step: Step, actor: User, at: datetime) -> None:
        """Send the newest version to the board."""
        version = self.edition(article, step).versions.order_by("-number")[0]
        submit_version(actor=actor, version_id=version.pk, note=step["note"], at=at)

    def do_assign(self, article: Mapping[str, Any], step: Step, actor: User, at: datetime) -> None:
        """Ask a reviewer."""
        assign_reviewer(
            actor=actor,
            submission_id=self.submission(article, step).pk,
            reviewer_id=self.people[step["reviewer"]].pk,
            capacity_id=Specialty.objects.get(slug=step["capacity"]).pk,
            due_on=at.date() + timedelta(days=step["due_in_days"]),
            at=at,
        )

    def do_sign(self, article: Mapping[str, Any], step: Step, actor: User, at: datetime) -> None:
        """Sign, with the demo's password."""
        submission = self.submission(article, step)
        sign_submission(
            actor=actor,
            submission_id=submission.pk,
            digest=submission.version.digest,
            password=PASSWORD,
            comment=step["comment"],
            at=at,
        )

    def do_request_changes(
        self, article: Mapping[str, Any], step: Step, actor: User, at: datetime
    ) -> None:
        """Send the submission back."""
        submission = self.submission(article, step)
        request_changes(actor=actor, submission_id=submission.pk, comment=step["comment"], at=at)

    def do_withdraw(
        self, article: Mapping[str, Any], step: Step, actor: User, at: datetime
    ) -> None:
        """Take a pending text back, with a notice."""
        submission = self.submission(article, step)
        withdraw_submission(actor=actor, submission_id=submission.pk, notice=step["notice"], at=at)

    def do_retract(self, article: Mapping[str, Any], step: Step, actor: User, at: datetime) -> None:
        """Take an approved text down."""
        submission = self.submission(article, step)
        retract_submission(actor=actor, submission_id=submission.pk, notice=step["notice"], at=at)

    def do_caution(self, article: Mapping[str, Any], step: Step, actor: User, at: datetime) -> None:
        """Put a caution on the article."""
        publish_notice(
            actor=actor,
            article=self.articles[article["slug"]],
            kind=Notice.Kind.CAUTION,
            text=step["notice"],
            at=at,
        )

    def do_record_notice(
        self, _article: Mapping[str, Any], step: Step, actor: User, at: datetime
    ) -> None:
        """Record a journal's notice that came after the approval."""
        reference = Reference.objects.get(key=step["reference"])
        row = self.notices[step["reference"]][step["notice_index"]]
        self.notice(reference, row, actor=actor, at=at)

    # -- Questions ------------------------------------------------------------------------

    def questions(self) -> Iterator[Event]:
        """Yield what readers asked."""
        for row in read("questions.json"):
            at = self.at(row["days_ago"])
            yield Event(at, partial(self.do_ask, row, at))

    def do_ask(self, row: Mapping[str, Any], at: datetime) -> None:
        """File a reader's question."""
        ask_question(
            article=self.articles.get(row["article"]),
            language=row["language"],
            text=row["text"],
            reply_to=row["reply_to"],
            at=at,
        )
