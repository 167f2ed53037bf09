"""What is typed to warn readers."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Edition
from review.desk.forms import words
from review.models import Notice


class EditionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An edition of one article, called by what tells it from the others."""

    def label_from_instance(self, obj: Any) -> str:
        """Return audience and language."""
        return f"{obj.audience.label}, {obj.get_language_display()}"


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
    text = words(
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
        if not Notice.objects.cautions_in_force().filter(article=article).exists():
            kind = self.fields["kind"]
            assert isinstance(kind, forms.ChoiceField)
            kind.choices = [row for row in self.KINDS if row[0] != Notice.Kind.CAUTION_LIFTED]
