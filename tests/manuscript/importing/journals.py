"""A journal's file with an invented trial in it."""

from manuscript.importing import read_article

DOCTYPE = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving DTD v1.3//EN" "archive.dtd">'


REFERENCES = "".join(
    f'<ref id="B{n}"><label>{n}.</label><element-citation publication-type="journal"><name><surname>Fictional</surname>'
    f"<given-names>A{n}</given-names></name><article-title>Study {n}</article-title><source>J Invented Med</source>"
    f"<year>2020</year><volume>{n}</volume><fpage>1</fpage><lpage>9</lpage></element-citation></ref>"
    for n in range(1, 13)
)


def jats(
    body: str,
    *,
    meta: str = "",
    back: str = "",
    kind: str = "research-article",
    refs: str = REFERENCES,
    doctype: str = DOCTYPE,
) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}\n<article article-type="{kind}" xmlns:xlink="http://www.w3.org/1999/xlink">'
        "<front><article-meta><title-group><article-title>An invented trial<xref ref-type='fn' rid='n'>*</xref></article-title></title-group>"
        f"{meta}</article-meta></front><body>{body}</body><back>{back}<ref-list>{refs}</ref-list></back></article>"
    ).encode()


def body_of(body: str, **options: str) -> str:
    return read_article(jats(body, **options)).body
