"""Full-text search over what the public sees, kept in step by the database itself.

SQLite: an FTS5 table over `review_publication`, with triggers. PostgreSQL: a stored, generated
tsvector with a GIN index. English words are stemmed by the database; accents are folded in the
columns that both read (articles/content/folding.py), so no extension is asked for.
"""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE review_search USING fts5(
        title_folded, body_folded, content='review_publication', content_rowid='edition_id',
        tokenize="porter unicode61 remove_diacritics 0 categories 'L* N* M* Co'", prefix='2 3')""",
    """CREATE TRIGGER review_search_insert AFTER INSERT ON review_publication BEGIN
        INSERT INTO review_search(rowid, title_folded, body_folded)
        VALUES (new.edition_id, new.title_folded, new.body_folded); END""",
    """CREATE TRIGGER review_search_delete AFTER DELETE ON review_publication BEGIN
        INSERT INTO review_search(review_search, rowid, title_folded, body_folded)
        VALUES ('delete', old.edition_id, old.title_folded, old.body_folded); END""",
    """CREATE TRIGGER review_search_update AFTER UPDATE ON review_publication BEGIN
        INSERT INTO review_search(review_search, rowid, title_folded, body_folded)
        VALUES ('delete', old.edition_id, old.title_folded, old.body_folded);
        INSERT INTO review_search(rowid, title_folded, body_folded)
        VALUES (new.edition_id, new.title_folded, new.body_folded); END""",
]
SQLITE_BACK = [
    "DROP TRIGGER review_search_insert",
    "DROP TRIGGER review_search_delete",
    "DROP TRIGGER review_search_update",
    "DROP TABLE review_search",
]
POSTGRESQL = [
    """ALTER TABLE review_publication ADD COLUMN search tsvector GENERATED ALWAYS AS (
        CASE WHEN language = 'en' THEN
            setweight(to_tsvector('english', title_folded), 'A')
            || setweight(to_tsvector('english', body_folded), 'D')
        ELSE
            setweight(to_tsvector('simple', title_folded), 'A')
            || setweight(to_tsvector('simple', body_folded), 'D')
        END) STORED""",
    "CREATE INDEX review_search ON review_publication USING gin (search)",
]
POSTGRESQL_BACK = [
    "DROP INDEX review_search",
    "ALTER TABLE review_publication DROP COLUMN search",
]


def run(sqlite, postgresql):
    def statements(apps, schema_editor):
        vendor = schema_editor.connection.vendor
        for statement in sqlite if vendor == "sqlite" else postgresql:
            schema_editor.execute(statement)

    return statements


class Migration(migrations.Migration):
    dependencies = [("review", "0004_state_guard")]
    operations = [
        migrations.RunPython(run(SQLITE, POSTGRESQL), run(SQLITE_BACK, POSTGRESQL_BACK))
    ]
