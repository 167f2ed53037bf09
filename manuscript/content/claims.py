"""The claims of a body: what a reviewer gives a verdict on, one at a time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import rfc8785

from manuscript.content import tree
from manuscript.content.characters import nfc
from manuscript.content.passages import passages


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence, list item or table row, and the keys cited in it.

    `digest` is of the text and the keys alone: a claim that moved is the same claim. `place` tells equal claims apart:
    section, kind and position, such as `h2:2/li:3/s:1`.
    """

    text: str
    references: tuple[str, ...]
    digest: str
    place: str


def claims(body: str) -> list[Claim]:
    """Return the claims of a canonical body in reading order.

    Headings are not claims, nor are the head rows of a table, unless they cite something: what is cited has to be
    checked somewhere.
    """
    return [
        Claim(sentence.text, references, claim_digest(sentence.text, references), sentence.place)
        for passage in passages(tree.blocks(body))
        if passage.kind != "heading" and (passage.kind != "head" or passage.citations)
        for sentence in passage.sentences()
        for references in [
            tuple(dict.fromkeys(key for citation in sentence.citations for key in citation.keys))
        ]
    ]


def claim_digest(text: str, references: tuple[str, ...]) -> str:
    """Return the SHA-256, in hexadecimal, of the RFC 8785 JSON of a claim's text (normal form C) and its keys."""
    return hashlib.sha256(
        rfc8785.dumps({"text": nfc(text), "references": list(references)})
    ).hexdigest()
