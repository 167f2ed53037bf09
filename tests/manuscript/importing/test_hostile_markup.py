"""XML and HTML made to fetch, to grow or to take long: refused in one line or harmless, soon and small."""

import gzip
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from manuscript.importing import ImportRefused, read_article

pytestmark = pytest.mark.pure

ARTICLE = b"<article><body><p>%s</p></body></article>"
SECONDS = 4.0
"""Of the processor, for a machine that others load; alone none of these takes two."""
MEGABYTES = 300


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        (b'<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">', "expands"),
        (b'<!ENTITY a "' + b"a" * 90_000 + b'">', "expands"),
        (b'<!ENTITY b "<p>x</p>">', "expands"),
        (b'<!ENTITY b SYSTEM "file:///etc/passwd">', "external entity"),
        (b'<!ENTITY % b PUBLIC "-//X" "http://evil.example/x"> %b;', "external entity"),
        (b"<!ENTITY % b '&#37;c;'>", "expands"),
        (b"<!-- unclosed", "not well formed"),
    ],
)
def test_entities_that_fetch_or_grow_are_refused(declared, said):
    with pytest.raises(ImportRefused, match=said) as refused:
        read_article(
            b"<!DOCTYPE article [" + declared + b"]>" + ARTICLE % (b"&b;" * 1000), format="jats"
        )
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'<?xml version="1.0"?><article><p>a\x00</p></article>', "NUL"),
        (b'<?xml version="1.0" encoding="utf-7"?>' + ARTICLE % b"a", "'utf-7' is not known"),
        (b'<?xml version="1.0" encoding="hex"?>' + ARTICLE % b"a", "'hex' is not known"),
        (b'<?xml version="1.0"?>' + ARTICLE % b"\xff", "damaged at byte"),
        (b"<article><p>never closed</article>", "not well formed at line 1"),
        (gzip.compress(ARTICLE % b"a", mtime=0), "gzip"),
        (b"PK\x03\x04" + b"x" * 90, "ZIP archive"),
        (b"<html><body>" + b"<div>" * 10_000 + b"x", "levels deep"),
        (
            b"<article><body>" + b"<sec>" * 10_000 + b"</sec>" * 10_000 + b"</body></article>",
            "levels deep",
        ),
        (b"<html><p>a\x00b</p>", "NUL"),
    ],
)
def test_what_is_broken_is_refused_in_one_line(data, said):
    with pytest.raises(ImportRefused, match=said) as refused:
        read_article(data, name="article.xml")
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300


def test_a_tag_of_very_many_attributes_is_refused_and_long_values_are_read():
    many = b"<html><body><p " + b" ".join(b"a%d=1" % number for number in range(100_000)) + b">x"
    long = b'<html><body><h1>A</h1><p title="' + b"a=1 " * 100_000 + b'">x'

    begun = time.process_time()
    with pytest.raises(ImportRefused, match="more than 500 attributes"):
        read_article(many)

    assert time.process_time() - begun < SECONDS
    assert "x" in read_article(long).body


def test_nesting_as_deep_as_is_read_is_read():
    sections = ARTICLE.replace(b"<p>%s</p>", b"<sec>" * 90 + b"<p>x</p>" + b"</sec>" * 90)
    lists = ARTICLE.replace(
        b"<p>%s</p>", b"<list><list-item>" * 45 + b"<p>x</p>" + b"</list-item></list>" * 45
    )
    marks = ARTICLE % (b"<italic>" * 90 + b"x" + b"</italic>" * 90)
    html = b"<html><body><h1>A</h1>" + b"<div><ul><li>" * 45 + b"x" + b"</li></ul></div>" * 45

    for data in (sections, lists, marks, html):
        assert "x" in read_article(data).body


_RUN = """
import json, sys, time
from manuscript.importing import ImportRefused, read_article
data = sys.stdin.buffer.read()
begun = time.process_time()
try:
    read_article(data)
    said = ""
except ImportRefused as refusal:
    said = str(refusal)
with open("/proc/self/status") as status:
    peak = next(line for line in status if line.startswith("VmHWM:"))
used = int(peak.split()[1]) // 1024
print(json.dumps([said, time.process_time() - begun, used]))
"""


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?><article>' + b"<" * 5_000_000,
        b"<article><body>" + b"<p>x</p>" * 500_000 + b"</body></article>",
        ARTICLE % (b'<xref ref-type="bibr" rid="a">1</xref>,' * 90_000),
        ARTICLE % (b"a<fn><p>note</p></fn>" * 45_000),
        b'<!DOCTYPE article [<!ENTITY a "' + b"a" * 190 + b'">]>' + ARTICLE % (b"&a;" * 900_000),
        b"<!DOCTYPE article [" + b"<!-- >" * 150_000 + b"]><article/>",
        b"<html><body><dl>" + b"<dt>a<dd>b" * 35_000,
        b"<html><body><ol>" + b"<li id=r1><a href='#r1'>1</a> words of it</li>" * 19_000,
        b"<html><body>" + b"<header><div class=content>" * 60 + b"x <div>a</div>" * 50_000,
        b"<html><body><p>" + b" \n" * 200_000 + b"x",
        b"<html><body><p>" + b"x<sup>1</sup>" * 30_000,
    ],
    ids=lambda data: data[:40].decode(),
)
def test_takes_little_time_and_memory(data):
    run = subprocess.run(
        [sys.executable, "-c", _RUN],
        input=data, capture_output=True, check=True, timeout=60, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    _said, seconds, megabytes = json.loads(run.stdout)

    assert seconds < SECONDS
    assert megabytes < MEGABYTES
