"""The demonstration's people: their credentials, their interests, and who is offered for signing in."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from accounts.actions.credentials import save_credential, verify_credential
from accounts.actions.interests import DeclaredInterest, declare_interests
from accounts.actions.users import add_user
from accounts.models import Credential, Specialty
from accounts.models.user import Role
from demo.stage import FOLDER, PASSWORD, SET_UP_DAYS_AGO, Event, Stage, read
from reader.actions.policy import publish_policy


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


def load_people(stage: Stage) -> None:
    """Load people, their verified credentials and what they declared."""
    people = read("people.json")
    for person in people:
        stage.people[person["key"]] = add_user(
            actor=None,
            email=person["email"],
            name=person["name"],
            password=PASSWORD,
            roles=[Role(role) for role in person["roles"]],
            biography=person["biography"],
            at=stage.at(SET_UP_DAYS_AGO),
        )
    administrator = stage.with_role(Role.ADMINISTRATOR)
    specialties = {row.slug: row for row in Specialty.objects.order_by("pk")}
    for person in people:
        user = stage.people[person["key"]]
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
                    expires_on=stage.day(-row["expires_in_days"]),
                ),
                at=stage.at(row["verified_days_ago"], minutes=-30),
            )
            verify_credential(
                actor=administrator,
                credential_id=credential.pk,
                at=stage.at(row["verified_days_ago"]),
            )
    publish_policy(
        actor=administrator,
        text=(FOLDER / "policy.md").read_text(encoding="utf-8"),
        change_note="First version.",
        in_force_from=stage.day(SET_UP_DAYS_AGO),
        at=stage.at(SET_UP_DAYS_AGO),
    )


def declarations(stage: Stage) -> Iterator[Event]:
    """Yield who declared interests, and when."""
    for person in read("people.json"):
        for days_ago in person["interests"]["declared_days_ago"]:
            at = stage.at(days_ago, minutes=-900)
            yield Event(
                at,
                partial(
                    declare_interests,
                    user=stage.people[person["key"]],
                    interests=list(declared(stage, person["interests"]["items"])),
                    at=at,
                ),
            )


def declared(stage: Stage, items: list[dict[str, Any]]) -> Iterator[DeclaredInterest]:
    """Yield the interests of a declaration."""
    for row in items:
        ended = row["to_days_ago"]
        yield DeclaredInterest(
            company=row["company"],
            product=row["product"],
            kind=row["kind"],
            from_on=stage.day(row["from_days_ago"]),
            to_on=None if ended is None else stage.day(ended),
        )
