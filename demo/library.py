"""The demonstration's library: references with their notices, and figures."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from accounts.models import User
from accounts.models.user import Role
from articles.figures.actions.figures import add_figure
from articles.models import Reference
from articles.references.actions.notices import record_notice
from articles.references.actions.references import add_reference
from demo.stage import FOLDER, SET_UP_DAYS_AGO, Stage, read


def load_library(stage: Stage) -> None:
    """Load the references and the notices that were known when they were added."""
    editor = stage.with_role(Role.EDITOR)
    for row in read("references.json"):
        reference = add_reference(
            actor=editor, csl=row["csl"], key=row["key"], at=stage.at(SET_UP_DAYS_AGO - 5)
        )
        stage.notices[row["key"]] = row["notices"]
        for notice in row["notices"]:
            if not notice["recorded_by_plan"]:
                record(reference, notice, actor=editor, at=stage.at(SET_UP_DAYS_AGO - 5))


def load_figures(stage: Stage) -> None:
    """Add the drawings to the library of figures."""
    for row in read("figures.json"):
        add_figure(
            actor=stage.people[row["by"]],
            data=(FOLDER / row["file"]).read_bytes(),
            name=row["file"],
            key=row["key"],
            credit=row["credit"],
            licence=row["licence"],
            at=stage.at(SET_UP_DAYS_AGO - 5),
        )


def record(reference: Reference, row: Mapping[str, Any], *, actor: User, at: datetime) -> None:
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
