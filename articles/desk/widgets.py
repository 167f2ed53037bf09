"""The editor for a body, on the schema of `manuscript/content/schema.py`.

It belongs to django-prose-editor's family: the same textarea underneath, the same library and
import map. Without script it is a plain text area that saves HTML.
"""

import json
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django_prose_editor.widgets import ProseEditorWidget
from js_asset import ImportMap, Media, Script

from manuscript.content.schema import CALLOUTS, HEADINGS

LIBRARY = "django_prose_editor/editor.js"
# The modules of static/js/desk/ that others import. They find each other by these names, because a
# stored file's own name carries its hash.
SCRIPTS = (
    "citing/citation",
    "citing/cite-dialog",
    "citing/quick-lookup",
    "citing/quick-reference",
    "citing/source",
    "figures/figure",
    "figures/figure-dialog",
    "keeping/keeping",
    "keeping/local-copy",
    "shared/dialog",
    "shared/element",
    "shared/library",
    "writing/callout",
    "writing/paste",
    "writing/pasted",
    "writing/shortcuts",
    "writing/table",
    "writing/toolbar",
)
MODULES = {
    "django-prose-editor/editor": LIBRARY,
    **{f"desk/{name}": f"js/desk/{name}.js" for name in SCRIPTS},
}


class BodyEditor(ProseEditorWidget):  # type: ignore[misc]
    """A text area that `static/js/desk/writing/editor.js` turns into an editor with a toolbar."""

    template_name = "articles/widgets/body_editor.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"rows": 24, "class": "editor__source", **(attrs or {})})

    @property
    def media(self) -> Media:
        """Return the import map, the style sheet and the module that starts the editor."""
        return Media(
            importmap=ImportMap(MODULES),
            css={"all": ["css/editor.css"]},
            js=[Script("js/desk/writing/editor.js", type="module")],
        )

    def media_with_nonce(self, nonce: str) -> Media:
        """Return the media for a page whose policy asks for `nonce`."""
        return Media.from_media(self.media, nonce=nonce)

    def get_config(self) -> dict[str, Any]:
        """Return what the editor may offer: the levels and kinds of the declared schema."""
        return {"levels": [int(tag[1]) for tag in HEADINGS], "callouts": list(CALLOUTS)}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the text area's context, with the configuration for the script."""
        context = forms.Textarea.get_context(self, name, value, attrs)
        context["widget"]["attrs"]["data-body-editor"] = json.dumps(self.get_config())
        context["levels"] = [tag[1] for tag in HEADINGS]
        context["callouts"] = CALLOUTS
        return context

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,
    ) -> SafeString:
        """Render with the site's templates; Django's form renderer knows only apps' own."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))
