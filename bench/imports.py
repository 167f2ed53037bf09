"""Import files beside plain row inserts of as many articles and references, interleaved, in one run.

The plain inserts write one article, one edition and twenty references by prepared statements, each
article in its own transaction; nothing is parsed, checked, versioned or audited. Only the ratio is
worth quoting.
"""

import os
import statistics
import tempfile
import time
from pathlib import Path

import django

FILES, REFERENCES, ROUNDS = 60, 20, 5
SENTENCE = "A sentence of about ten words says something that is cited [{number}]. "


def text_of(run: int, number: int) -> str:
    """Return a Markdown article with twenty cited references of its own."""
    sections = "\n\n".join(
        f"## Section {section}\n\n"
        + "".join(SENTENCE.format(number=section * 4 + cite + 1) for cite in range(4)) * 3
        + "\n\n- one item\n- another item\n  - a nested one"
        for section in range(REFERENCES // 4)
    )
    references = "\n".join(
        f"{cite}. Specimen S. Study {run}-{number}-{cite} of specimens. J Tests. 2024;12:1-9. "
        f"https://doi.org/10.5555/bench.{run}.{number}.{cite}"
        for cite in range(1, REFERENCES + 1)
    )
    return f"# What is question {run}-{number}?\n\n{sections}\n\n## References\n\n{references}\n"


def plain_inserts(run: int) -> float:
    """Return articles per second of plain inserts."""
    from django.db import connection, transaction

    from articles.models import Article, Audience, Edition, Reference

    def statement(model: type, **fields: object) -> tuple[str, list[object]]:
        names = ", ".join(f'"{name}"' for name in fields)
        marks = ", ".join("%s" for _name in fields)
        return f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})", list(  # noqa: S608
            fields.values()
        )

    audience = Audience.objects.order_by("pk").values_list("pk", flat=True)[0]
    person, specialty = PEOPLE["author"].pk, PEOPLE["specialty"]
    now = "2026-11-22 12:00:00+00:00"
    start = time.perf_counter()
    for number in range(FILES):
        with transaction.atomic(), connection.cursor() as cursor:
            slug = f"plain-{run}-{number}"
            cursor.execute(*statement(
                Article, question=slug, slug=slug, specialty_id=specialty,
                created_by_id=person, created_at=now,
            ))  # fmt: skip
            article = Article.objects.values_list("pk", flat=True).get(slug=slug)
            cursor.execute(*statement(
                Edition, article_id=article, language="en", audience_id=audience, jurisdiction="",
                title=slug, heading="", summary="", body=text_of(run, number), ai_provenance="{}",
                draft_number=1, created_at=now, updated_at=now, updated_by_id=person,
            ))  # fmt: skip
            rows = [
                statement(
                    Reference, key=f"{slug}-{cite}", csl='{"type": "document"}', title=slug,
                    title_key=slug, authors="Specimen S", year=2024, doi=f"10.5555/{slug}.{cite}",
                    pmid="", is_identified=True, added_by_id=person, added_at=now,
                )
                for cite in range(REFERENCES)
            ]  # fmt: skip
            cursor.executemany(rows[0][0], [values for _sql, values in rows])
    return FILES / (time.perf_counter() - start)


def imports(run: int) -> float:
    """Return articles per second of importing files, as the command does it."""
    from django.utils import timezone

    from articles.management.bulk import Bulk, files_in
    from articles.models import Audience

    bulk = Bulk(
        author=PEOPLE["author"],
        audience=Audience.objects.order_by("pk")[0],
        language="en",
        format="auto",
        tracked_changes="ask",
        clock=timezone.now,
    )
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for number in range(FILES):
            (root / f"{number:04}.md").write_text(text_of(run, number), encoding="utf-8")
        start = time.perf_counter()
        states = [outcome.state for outcome in bulk.import_each(root, files_in(root))]
        seconds = time.perf_counter() - start
    assert states == ["imported"] * FILES, states
    return FILES / seconds


PEOPLE: dict[str, object] = {}


def main() -> None:
    """Measure both in turns and print the ratio of their medians."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from accounts.models import Specialty, User
    from accounts.models.user import Role

    PEOPLE["author"] = User.objects.active().with_role(Role.EDITOR).order_by("pk")[0]
    PEOPLE["specialty"] = Specialty.objects.order_by("pk").values_list("pk", flat=True)[0]
    base = int(time.time())
    plain: list[float] = []
    imported: list[float] = []
    for round_number in range(ROUNDS):
        plain.append(plain_inserts(base + round_number))
        imported.append(imports(base + round_number))
    ratio = statistics.median(imported) / statistics.median(plain)
    print(f"Importing articles with {REFERENCES} references, {ROUNDS} windows of {FILES} files; "
          "ratio to plain row inserts:")  # fmt: skip
    print(
        f"  {'import_article DIRECTORY':38} {ratio:6.3f}   ({statistics.median(imported):.1f}/s here)"
    )


if __name__ == "__main__":
    main()
