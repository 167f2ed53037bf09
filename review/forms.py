"""What people of the board type. What may be done is the actions' business, not the forms'."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Specialty, User
from articles.models import Article, Audience, Edition
from review.models import Notice

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST = 10_000


def _words(
    label: "_StrPromise", *, required: bool, help_text: "_StrPromise", rows: int = 5
) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class QueueFilter(forms.Form):
    """Narrows the queue. Sent by GET; what is not valid narrows nothing."""

    q = forms.CharField(
        label=_("Words in the title"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    specialty = forms.ModelChoiceField(
        Specialty.objects.order_by("name", "pk"), required=False, empty_label=_("Every specialty")
    )
    audience = forms.ModelChoiceField(
        Audience.objects.order_by("position"), required=False, empty_label=_("Every audience")
    )

    @property
    def narrows(self) -> bool:
        """Tell whether anything was chosen."""
        return any(self.cleaned_data.get(name) for name in self.fields)


class SignForm(forms.Form):
    """The password again, and the digest of the text that the page showed."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    comment = _words(
        _("Comment"),
        required=False,
        rows=3,
        help_text=_("For the editor and the board. Readers do not see it."),
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("Asked again, so that nobody else signs with your name."),
    )


class RequestChangesForm(forms.Form):
    comment = _words(
        _("What has to change"),
        required=True,
        rows=8,
        help_text=_(
            "The editor reads this. Name the sentence, and the source that says otherwise."
        ),
    )


class RecuseForm(forms.Form):
    comment = _words(
        _("Reason"),
        required=False,
        rows=4,
        help_text=_("The chair and the editor read this. You owe no details."),
    )


class AssignForm(forms.Form):
    """Whom to ask, in which capacity, by when. The page draws the reviewers itself."""

    capacity = forms.ModelChoiceField(
        Specialty.objects.order_by("name", "pk"), widget=forms.HiddenInput
    )
    reviewer = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Reviewer"),
        error_messages={"required": _("Choose a reviewer.")},
    )
    due_on = forms.DateField(
        label=_("Ask for an answer by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "input--short"}, format="%Y-%m-%d"),
        help_text=_("The reviewer and the queue show it. It closes nothing by itself."),
    )

    def __init__(self, *args: Any, reviewers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reviewer"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = reviewers


class ConfirmForm(forms.Form):
    """Nothing to type: the button says it."""


class WithdrawForm(forms.Form):
    notice = _words(
        _("Notice to readers"),
        required=False,
        rows=4,
        help_text=_("Only if readers could see the text: what became of it, in their words."),
    )


class RetractForm(forms.Form):
    notice = _words(
        _("Notice to readers"),
        required=True,
        rows=5,
        help_text=_(
            "Why the text was taken down and what readers should do now. Public and kept for good."
        ),
    )
    confirm = forms.BooleanField(
        label=_("I have read what readers will see, and take the text down now."),
        error_messages={"required": _("Tick this to confirm. Nothing was taken down.")},
    )


class EditionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An edition of one article, called by what tells it from the others."""

    def label_from_instance(self, obj: Any) -> str:
        """Return audience and language."""
        return f"{obj.audience.label}, {obj.get_language_display()}"


def _a_caution_stands(article: Article) -> bool:
    """Tell whether readers of any edition see a caution that nothing has lifted. One query."""
    standing: set[int | None] = set()
    rows = Notice.objects.filter(article=article).order_by("published_at", "pk")
    for kind, edition in rows.values_list("kind", "edition"):
        if kind == Notice.Kind.CAUTION:
            standing.add(edition)
        elif kind == Notice.Kind.CAUTION_LIFTED:
            standing = standing - {edition} if edition else set()
    return bool(standing)


class NoticeForm(forms.Form):
    """A caution, its lifting (only where one stands) or a correction."""

    KINDS: ClassVar = [
        (Notice.Kind.CAUTION, _("Caution: something in this text may be wrong")),
        (Notice.Kind.CAUTION_LIFTED, _("Caution lifted: the text holds after all")),
        (Notice.Kind.CORRECTION, _("Correction: something was wrong and is right now")),
    ]

    kind = forms.ChoiceField(label=_("What kind"), widget=forms.RadioSelect, choices=KINDS)
    edition = EditionField(
        Edition.objects.none(),
        label=_("Where it shows"),
        required=False,
        empty_label=_("On every edition of this article"),
    )
    text = _words(
        _("Notice to readers"),
        required=True,
        rows=5,
        help_text=_("What readers have to know, in their words. Public, dated and kept for good."),
    )

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["edition"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = (
            Edition.objects.filter(article=article)
            .select_related("audience")
            .order_by("language", "audience__position", "pk")
        )
        if not _a_caution_stands(article):
            kind = self.fields["kind"]
            assert isinstance(kind, forms.ChoiceField)
            kind.choices = [row for row in self.KINDS if row[0] != Notice.Kind.CAUTION_LIFTED]


class SubmitForm(forms.Form):
    note = _words(
        _("Note to the board"),
        required=False,
        rows=4,
        help_text=_("What reviewers should look at first, and how you answered what they asked."),
    )
