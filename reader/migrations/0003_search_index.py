"""Full-text search over what the public sees, kept in step by the database itself.

SQLite: an FTS5 table over `review_publication`, with triggers. PostgreSQL: a stored, generated
tsvector with a GIN index; accents are folded, English words stemmed.
"""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE reader_search USING fts5(
        title_text, body_text, content='review_publication', content_rowid='edition_id',
        tokenize='porter unicode61 remove_diacritics 2', prefix='2 3')""",
    """CREATE TRIGGER reader_search_insert AFTER INSERT ON review_publication BEGIN
        INSERT INTO reader_search(rowid, title_text, body_text)
        VALUES (new.edition_id, new.title_text, new.body_text); END""",
    """CREATE TRIGGER reader_search_delete AFTER DELETE ON review_publication BEGIN
        INSERT INTO reader_search(reader_search, rowid, title_text, body_text)
        VALUES ('delete', old.edition_id, old.title_text, old.body_text); END""",
    """CREATE TRIGGER reader_search_update AFTER UPDATE ON review_publication BEGIN
        INSERT INTO reader_search(reader_search, rowid, title_text, body_text)
        VALUES ('delete', old.edition_id, old.title_text, old.body_text);
        INSERT INTO reader_search(rowid, title_text, body_text)
        VALUES (new.edition_id, new.title_text, new.body_text); END""",
]
SQLITE_BACK = [
    "DROP TRIGGER reader_search_insert",
    "DROP TRIGGER reader_search_delete",
    "DROP TRIGGER reader_search_update",
    "DROP TABLE reader_search",
]
POSTGRESQL = [
    "CREATE EXTENSION IF NOT EXISTS unaccent",
    "CREATE TEXT SEARCH CONFIGURATION imprimatur_en (COPY = english)",
    """ALTER TEXT SEARCH CONFIGURATION imprimatur_en
        ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem""",
    "CREATE TEXT SEARCH CONFIGURATION imprimatur_any (COPY = simple)",
    """ALTER TEXT SEARCH CONFIGURATION imprimatur_any
        ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple""",
    """ALTER TABLE review_publication ADD COLUMN search tsvector GENERATED ALWAYS AS (
        CASE WHEN language = 'en' THEN
            setweight(to_tsvector('imprimatur_en', title_text), 'A')
            || setweight(to_tsvector('imprimatur_en', body_text), 'D')
        ELSE
            setweight(to_tsvector('imprimatur_any', title_text), 'A')
            || setweight(to_tsvector('imprimatur_any', body_text), 'D')
        END) STORED""",
    "CREATE INDEX reader_search ON review_publication USING gin (search)",
]
POSTGRESQL_BACK = [
    "DROP INDEX reader_search",
    "ALTER TABLE review_publication DROP COLUMN search",
    "DROP TEXT SEARCH CONFIGURATION imprimatur_en",
    "DROP TEXT SEARCH CONFIGURATION imprimatur_any",
]


def run(sqlite, postgresql):
    def statements(apps, schema_editor):
        vendor = schema_editor.connection.vendor
        for statement in sqlite if vendor == "sqlite" else postgresql:
            schema_editor.execute(statement)

    return statements


class Migration(migrations.Migration):
    dependencies = [("reader", "0002_evidence"), ("review", "0003_general_rule")]
    operations = [
        migrations.RunPython(run(SQLITE, POSTGRESQL), run(SQLITE_BACK, POSTGRESQL_BACK))
    ]
