"""Keys that no reference has yet."""

from collections.abc import Iterable, Mapping
from itertools import chain, count
from typing import Any

from articles.models import Reference
from kernel.canonical import canonical_json, sha256
from manuscript.citing.csl import suggest_key
from manuscript.citing.findable import LETTERS, MAX_KEY


class TakenKeys:
    """Gives out keys that no reference has. Made with the records that need one, so that most of
    what has to be asked is asked in one query.
    """

    def __init__(self, csls: Iterable[Mapping[str, Any]]) -> None:
        self._taken: set[str] = set()
        self._asked: set[str] = set()
        self._ask({suggest_key(csl, ()) for csl in csls})

    def take(self, csl: Mapping[str, Any]) -> str:
        """Return a free key for a record: "johnson-2024", "johnson-2024-b", and where all letters are
        taken one that ends in a part of the record's digest. It is taken from now on.
        """
        first = suggest_key(csl, ())
        self._ask({first})
        seed = sha256(canonical_json(csl))
        likely = [
            *(f"{first[: MAX_KEY - 2]}-{letter}" for letter in LETTERS),
            *(f"{first[: MAX_KEY - 1 - length]}-{seed[:length]}" for length in range(8, 20, 4)),
        ]
        if first in self._taken:
            self._ask(set(likely))
        stem = first[: MAX_KEY - 1 - len(seed)]
        choices = chain(
            [first],
            likely,
            (f"{stem}-{sha256(f'{seed}{number}'.encode())}" for number in count()),
        )
        for key in choices:
            self._ask({key})
            if key not in self._taken:
                self._taken.add(key)
                return key
        raise AssertionError("The choices do not end.")

    def _ask(self, keys: set[str]) -> None:
        """Learn which of `keys` are taken, in one query at most."""
        if new := keys - self._asked:
            self._asked |= new
            self._taken.update(Reference.objects.filter(key__in=new).values_list("key", flat=True))
