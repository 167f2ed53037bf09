"""Forms of the editor's desk. They carry what was typed; the actions judge it."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import Specialty
from articles.desk.widgets import BodyEditor
from articles.models import Article, Audience, Edition, Topic, Version
from articles.texts.draft import SUMMARY_LIMIT, TITLE_LIMIT, DraftText


class ArticleForm(forms.Form):
    """What an article is about."""

    question = forms.CharField(
        label=_("Question"),
        max_length=TITLE_LIMIT,
        help_text=_("As a reader would ask it. It ends with a question mark."),
    )
    specialty = forms.ModelChoiceField(
        Specialty.objects.order_by("name", "pk"),
        label=_("Specialty"),
        help_text=_("It decides which rule the board reviews under."),
    )
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.order_by("name", "pk"),
        label=_("Topics"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What readers browse by."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not Topic.objects.exists():
            del self.fields["topics"]

    def clean(self) -> dict[str, Any]:
        """Return what was typed, with no topics where the site has none."""
        return {"topics": [], **self.cleaned_data}

    @staticmethod
    def initial_of(article: Article) -> dict[str, Any]:
        """Return what the form of an existing article shows at first."""
        return {
            "question": article.question,
            "specialty": article.specialty_id,
            "topics": [topic.pk for topic in article.topics.all()],
        }


class EditionForm(forms.Form):
    """In which language, and for whom."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    audience = forms.ModelChoiceField(
        Audience.objects.order_by("position"),
        label=_("Audience"),
        empty_label=None,
        help_text=_("Whom this text is written for. Other editions can follow."),
    )


class NewArticleForm(ArticleForm, EditionForm):
    """A new article and its first edition."""

    field_order = ("question", "specialty", "topics", "language", "audience")


class NeededLater(forms.CharField):
    """A text that a draft may lack and a version may not: shown as needed, stored empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=True, **kwargs)

    def validate(self, value: str) -> None:
        """Accept everything; the checks say what a version needs."""


class DraftForm(forms.Form):
    """The text of a draft, with the number of the draft that was opened."""

    NAMES: ClassVar = {"ai_provenance": "ai_model"}

    use_required_attribute = False

    title = NeededLater(
        label=_("Question"),
        widget=forms.Textarea(attrs={"rows": 2, "class": "editor__title"}),
        help_text=_("The question this text answers, as its readers would ask it."),
    )
    heading = forms.CharField(
        label=_("Page heading"),
        required=False,
        help_text=_("Where it differs from the question."),
    )
    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "editor__summary"}),
        help_text=_("The answer in a sentence or two. At most %(limit)s characters.")
        % {"limit": SUMMARY_LIMIT},
    )
    body = NeededLater(label=_("Text"), strip=False, widget=BodyEditor)
    jurisdiction = forms.CharField(
        label=_("Jurisdiction"),
        required=False,
        widget=forms.TextInput(attrs={"class": "input--short"}),
        help_text=_("Country whose rules apply, such as CN. Empty for everywhere."),
    )
    ai_model = forms.CharField(
        label=_("Language model"),
        required=False,
        help_text=_("Its name and version, if one had a part in this text."),
    )
    ai_prompt = forms.CharField(
        label=_("Prompt"),
        required=False,
        help_text=_("Where the prompt is kept, such as a file or ticket number."),
    )
    ai_date = forms.DateField(
        label=_("Used on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    ai_responsible = forms.CharField(
        label=_("Responsible editor"),
        required=False,
        help_text=_("Who checked what the model wrote."),
    )
    note = forms.CharField(
        label=_("Note for the history"),
        required=False,
        max_length=500,
        help_text=_("What you changed and why, in a few words."),
    )
    draft_number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    PROVENANCE: ClassVar = ("ai_model", "ai_prompt", "ai_date", "ai_responsible")

    @property
    def text(self) -> DraftText:
        """Return what was typed into a valid form."""
        data = self.cleaned_data
        provenance = {
            "model": data["ai_model"],
            "prompt": data["ai_prompt"],
            "date": data["ai_date"].isoformat() if data["ai_date"] else "",
            "responsible": data["ai_responsible"],
        }
        return DraftText(
            title=data["title"],
            heading=data["heading"],
            summary=data["summary"],
            body=data["body"],
            jurisdiction=data["jurisdiction"],
            ai_provenance={key: value for key, value in provenance.items() if value},
        )

    @staticmethod
    def initial_of(text: DraftText, *, draft_number: int) -> dict[str, Any]:
        """Return what the form shows for a text."""
        return {
            "title": text.title,
            "heading": text.heading,
            "summary": text.summary,
            "body": text.body,
            "jurisdiction": text.jurisdiction,
            **{f"ai_{key}": text.ai_provenance.get(key, "") for key in ("model", "prompt")},
            **{f"ai_{key}": text.ai_provenance.get(key, "") for key in ("date", "responsible")},
            "draft_number": draft_number,
        }

    def has_provenance(self) -> bool:
        """Tell whether any field about a language model holds something."""
        return any(self[name].value() or self[name].errors for name in self.PROVENANCE)


class FreezeForm(forms.Form):
    """What changed since the version before. A first version is asked nothing but a note."""

    change_class = forms.ChoiceField(
        label=_("Kind of change"),
        required=False,
        choices=[
            (Version.ChangeClass.SUBSTANTIVE.value, _("The meaning changed")),
            (Version.ChangeClass.EDITORIAL.value, _("Wording or spelling only")),
        ],
        widget=forms.RadioSelect,
        help_text=_("Readers and the board are told. If in doubt, the meaning changed."),
    )
    change_note = forms.CharField(
        label=_("What changed, and why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences. Readers see them in the article’s history."),
    )
    draft_number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, edition: Edition, is_first: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {"draft_number": edition.draft_number}
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["change_class"]
            self.fields["change_note"].help_text = _("Nothing is needed for a first version.")
        else:
            for name in ("change_class", "change_note"):
                self.fields[name].required = True
