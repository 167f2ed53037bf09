"""The shared library of figures."""

from datetime import datetime
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from accounts.models import User
from articles.figures import rules
from articles.figures.events import FigureEvent
from articles.models import Edition, Figure, FigureChange
from articles.texts.actions.authorship import credit_source_change
from articles.texts.draft import tidy_line
from articles.texts.shown_figures import drafts_showing, stored_name
from kernel.action import Action, action
from kernel.errors import NotAllowed, WrongState
from manuscript.content.schema import KEY
from manuscript.imaging import ImageRefused, ProcessedImage, process_image

LONGEST_SUGGESTION = 40


def suggest_figure_key(name: str) -> str:
    """Return a key for a file of this name that no figure has yet."""
    stem = PurePosixPath(name.replace("\\", "/")).name.rpartition(".")[0] or name
    base = slugify(stem)[:LONGEST_SUGGESTION].strip("-_") or "figure"
    taken = set(Figure.objects.filter(key__startswith=base).values_list("key", flat=True))
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key


def add_figure(
    *,
    actor: User,
    data: bytes,
    name: str,
    at: datetime,
    key: str = "",
    credit: str = "",
    licence: str = "",
) -> Figure:
    """Add an image to the library, written anew without anything but the picture.

    The same picture is the same figure: where the library has it, that row is returned as it is,
    with the `added_at` it has, and nothing is written. `key` is made from the file's name unless
    given.

    :raises NotAllowed: if `actor` does not keep figures.
    :raises ValidationError: if the image is refused, or the key or a word about it cannot be kept.
    :raises WrongState: if another picture has the key.
    """
    if reason := rules.why_not_keep_figures(actor):
        raise NotAllowed(reason)
    try:
        image = process_image(data, name)
    except ImageRefused as exc:
        raise ValidationError({"file": str(exc)}) from exc
    with action(actor=actor, at=at) as act:
        return insert_figure(act, image=image, name=name, key=key, credit=credit, licence=licence)


def insert_figure(
    act: Action[User],
    *,
    image: ProcessedImage,
    name: str,
    key: str = "",
    credit: str = "",
    licence: str = "",
) -> Figure:
    """Store a processed image inside the caller's transaction, without asking who may. Returns and
    raises as `add_figure` does.

    The files are written before the row: a row never points at nothing. A transaction that fails
    leaves files under their digest, which no page serves and the next try takes over.
    """
    if present := Figure.objects.filter(digest=image.digest).first():
        keep_files(image)  # mends what somebody removed from the storage
        return present
    if key and (present := Figure.objects.filter(key=key).first()):
        raise WrongState(
            f"Another picture is called “{key}” already. Choose another key.", current=key
        )
    figure = Figure(
        key=key or suggest_figure_key(name),
        digest=image.digest,
        media_type=image.media_type,
        width=image.width,
        height=image.height,
        widths=sorted(image.files),
        size=len(image.files[image.width]),
        name=tidy_line(name)[:200],
        credit=tidy_line(credit),
        licence=tidy_line(licence),
        added_by=act.actor,
        added_at=act.at,
    )
    _require_key(figure.key)
    figure.full_clean()
    keep_files(image)
    try:
        with transaction.atomic():
            figure.save()
    except IntegrityError as exc:
        if present := Figure.objects.filter(digest=image.digest).first():
            return present
        raise WrongState(
            "Somebody added a figure of the same name in this moment. Try again.",
            current=figure.key,
        ) from exc
    act.record(
        FigureEvent.ADDED,
        figure,
        {
            "key": figure.key,
            "digest": figure.digest,
            "credit": figure.credit,
            "licence": figure.licence,
        },
    )
    return figure


def keep_files(image: ProcessedImage) -> None:
    """Put the files of an image where they are served from; those that lie there whole stay."""
    for width, data in image.files.items():
        name = stored_name(image.digest, width, image.media_type)
        if default_storage.exists(name):
            with default_storage.open(name) as file:
                if file.read() == data:
                    continue
            default_storage.delete(name)
        saved = default_storage.save(name, ContentFile(data))
        if saved != name:  # somebody stored the same picture in this moment
            default_storage.delete(saved)


def change_figure(
    *, actor: User, figure_id: int, credit: str, licence: str, at: datetime
) -> Figure:
    """Correct who made a figure and why it may be shown. Drafts follow; Versions keep what was frozen.

    The key stays. It changes what every draft that shows the figure would be frozen with, so it
    counts as a contribution to each of them (law 5).

    :raises NotAllowed: if `actor` does not keep figures.
    :raises ValidationError: if the words cannot be kept.
    """
    if reason := rules.why_not_keep_figures(actor):
        raise NotAllowed(reason)
    with action(actor=actor, at=at) as act:
        key = Figure.objects.values_list("key", flat=True).get(pk=figure_id)
        # Editions first, as everywhere; none of them is frozen while its figure changes.
        showing = drafts_showing(Edition.objects.all(), key)
        drafts = list(showing.select_for_update().order_by("pk"))
        figure = Figure.objects.select_for_update().get(pk=figure_id)
        before = {"credit": figure.credit, "licence": figure.licence}
        figure.credit, figure.licence = tidy_line(credit), tidy_line(licence)
        after = {"credit": figure.credit, "licence": figure.licence}
        if after == before:
            return figure
        figure.full_clean()
        figure.save(update_fields=["credit", "licence"])
        credit_source_change(act, drafts)
        FigureChange.objects.create(figure=figure, changed_by=actor, changed_at=at)
        act.record(
            FigureEvent.CHANGED, figure, {"key": figure.key, "before": before, "after": after}
        )
    return figure


def _require_key(key: str) -> None:
    if not KEY.fullmatch(key):
        raise ValidationError(
            {
                "key": "A key has small letters, digits, dots, hyphens and underscores, such as lung-scan."
            }
        )
