"""Where a link may go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manuscript.content.links import normalise

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("https://x.org/a?b=1#c", "https://x.org/a?b=1#c"),
        (" HTTPS://x.org\n/a b ", "https://x.org/a%20b"),
        ("https:\\\\x.org\\a", "https://x.org/a"),
        ("mailto:a@b.c", "mailto:a@b.c"),
        ('https://x.org/<">', "https://x.org/%3C%22%3E"),
        ("https://x.org/e\u0301\u202e", "https://x.org/%C3%A9"),
    ],
)  # fmt: skip
def test_a_target_is_written_one_way(href: str, target: str) -> None:
    assert normalise(href) == target


@pytest.mark.parametrize(
    "href",
    ["", "#ref-3", "/a", "//x.org", "x.org", "https://", "https:///a", "https:x", "mailto:", "ftp://x.org", "data:text/html,x",
     "javascript:alert(1)//https://x.org", "java\nscript:alert(1)", "https://x.org/" + "a" * 2000],
)  # fmt: skip
def test_other_targets_are_none(href: str) -> None:
    assert normalise(href) is None


@given(
    st.text(alphabet=st.sampled_from('htps:/mailo@x.\\ <"%\u200d\u0301e\u00a0#?'), max_size=30),
    st.text(max_size=20),
)
def test_a_normal_target_is_itself(middle: str, end: str) -> None:
    for href in (middle + end, f"https://x{middle}{end}", f"mailto:a{middle}@{end}"):
        target = normalise(href)
        assert target is None or normalise(target) == target
