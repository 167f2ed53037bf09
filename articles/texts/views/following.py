"""Forms about what an edition adapts."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from articles.models import Article, Edition, Version
from articles.texts.forms import EditionForm
from articles.texts.views.standing import with_standing

LISTED = 20
"""How many versions of each edition can be chosen; nobody follows an older one."""


def sources_of(article: Article, user: User) -> list[Edition]:
    """Return the editions of an article that another could adapt, the most likely first: approved,
    in the language of the site, for the audience that most others fall back to; then the oldest.
    """
    rows = with_standing(
        Edition.objects.visible_to(user)
        .filter(article=article)
        .select_related("audience")
        .without_text()
    )
    site_language = settings.LANGUAGE_CODE.split("-")[0]
    breadth = _breadth(list(rows))
    return sorted(
        rows,
        key=lambda row: (
            (
                not row.__dict__["approved_number"],
                row.language.split("-")[0] != site_language,
                breadth[row.audience_id],
                row.pk,
            )
            if row.__dict__["approved_number"]
            else (True, False, 0, row.pk)
        ),
    )


def _breadth(editions: list[Edition]) -> dict[int, int]:
    """Return the place of each audience from the broadest on: one that falls back to none first."""
    audiences = {row.audience_id: row.audience for row in editions}
    order = sorted(
        audiences.values(), key=lambda row: (row.falls_back_to_id is not None, row.position)
    )
    return {row.pk: place for place, row in enumerate(order)}


def named(edition: Edition) -> str:
    """Return what an edition from `sources_of` is called in a list."""
    name = f"{edition.audience}, {edition.get_language_display()}"
    row = edition.__dict__
    if row["approved_number"]:
        return _("%(name)s: version %(number)s, approved") % {
            "name": name,
            "number": row["approved_number"],
        }
    if row["newest_number"]:
        return _("%(name)s: version %(number)s, not approved") % {
            "name": name,
            "number": row["newest_number"],
        }
    return _("%(name)s: its draft, no version yet") % {"name": name}


class AdaptingEditionForm(EditionForm):
    """Another edition of an article: in which language, for whom, and which text it adapts."""

    source = forms.TypedChoiceField(
        label=gettext_lazy("Adapts"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=gettext_lazy(
            "The text that it translates or rewrites. When that moves on, this desk says which "
            "sections changed."
        ),
    )
    begins_with = forms.ChoiceField(
        label=gettext_lazy("Begin with"),
        required=False,
        choices=[
            ("empty", gettext_lazy("An empty text")),
            ("source", gettext_lazy("The text that it adapts, with its sources and figures")),
        ],
        initial="empty",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, article: Article, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sources = {row.pk: row for row in sources_of(article, user)}
        field = self.fields["source"]
        field.choices = [  # type: ignore[attr-defined]
            *((pk, named(row)) for pk, row in self._sources.items()),
            ("", _("No other edition: a text of its own")),
        ]
        field.initial = next(iter(self._sources), "")

    def clean(self) -> dict[str, Any]:
        """Return what `add_edition` takes."""
        data = self.cleaned_data
        data["source"] = self._sources.get(data.get("source") or 0)
        data["begins_with_source"] = data.pop("begins_with", "") == "source"
        if data["begins_with_source"] and data["source"] is None and "source" not in self.errors:
            self.add_error("source", _("Choose the text to begin with."))
        return data


class SourceForm(forms.Form):
    """Which edition an existing one adapts, and which version of it the text is in line with."""

    follows = forms.ChoiceField(
        label=gettext_lazy("In line with"),
        required=False,
        help_text=gettext_lazy(
            "The version of the source that this text agrees with now. The next version that is "
            "frozen says so, and the board reads it."
        ),
    )

    def __init__(self, *args: Any, edition: Edition, user: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"follows": f"{edition.source_id or ''}.{edition.followed_id or ''}"}
        super().__init__(*args, **kwargs)
        others = (
            Edition.objects.visible_to(user)
            .filter(article=edition.article_id)
            .exclude(pk=edition.pk)
            .select_related("audience")
            .without_text()
            .order_by("audience__position", "language", "pk")
        )
        self.fields["follows"].choices = [  # type: ignore[attr-defined]
            (".", _("It adapts no other edition")),
            *((_name(other), _states(other, edition)) for other in others),
        ]

    @property
    def source_id(self) -> int | None:
        """Return the edition that was chosen in a valid form."""
        return int(self._chosen[0]) if self._chosen[0] else None

    @property
    def version_id(self) -> int | None:
        """Return the version that was chosen in a valid form."""
        return int(self._chosen[1]) if self._chosen[1] else None

    @property
    def _chosen(self) -> list[str]:
        return (self.cleaned_data["follows"] or ".").split(".")


def _name(edition: Edition) -> str:
    return f"{edition.audience}, {edition.get_language_display()}"


def _states(other: Edition, edition: Edition) -> list[tuple[str, str]]:
    versions: QuerySet[Version] = other.versions.without_text().prefetch_related("submissions")
    rows = list(versions.order_by("-number")[:LISTED])
    followed = edition.followed_id if edition.source_id == other.pk else None
    if followed and followed not in {row.pk for row in rows}:
        rows += list(versions.filter(pk=followed))
    return [(f"{other.pk}.{row.pk}", _version_name(other, row)) for row in rows] + [
        (
            f"{other.pk}.",
            _("%(name)s, no version of it yet") % {"name": _name(other)},
        )
    ]


def _version_name(edition: Edition, version: Version) -> str:
    words = {"name": _name(edition), "number": version.number}
    if any(row.state == "APPROVED" for row in version.submissions.all()):
        return _("%(name)s, version %(number)s, approved") % words
    return _("%(name)s, version %(number)s") % words
