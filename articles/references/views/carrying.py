"""A record that was looked up, on its way through a page until somebody says what to do with it."""

from datetime import timedelta

from django.core import signing

from manuscript.citing.reading import ReadReference

AS_TYPED = "as typed"
"""The place of a record that nobody looked up."""
SALT = "articles.references.views.carrying"
KEPT_FOR = timedelta(days=1)


class NotCarried(Exception):
    """It was not written by this site, or its day is over."""


def carried(read: ReadReference) -> str:
    """Return a record with its notices as one signed text for a hidden field."""
    fields = {"csl": read.csl, "notices": [dict(one) for one in read.notices], "place": read.place}
    return signing.dumps(fields, salt=SALT, compress=True)


def brought_back(text: str) -> ReadReference:
    """Return the record that `carried` wrote.

    :raises NotCarried: if this site did not write it, or its day is over.
    """
    try:
        fields = signing.loads(text, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature as exc:
        raise NotCarried from exc
    return ReadReference(
        csl=fields["csl"], notices=tuple(fields["notices"]), place=fields["place"], record=1
    )
