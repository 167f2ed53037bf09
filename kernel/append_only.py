"""Database triggers that refuse UPDATE and DELETE on rows that are evidence.

A `delete()` override misses `QuerySet.delete()`, raw SQL and other programs; a trigger does not.
PostgreSQL additionally refuses TRUNCATE.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# `manage.py verify` and a test ask for these triggers: on SQLite, Django rebuilds a table to change
# it and loses its triggers, so a migration that alters one of these ends with AppendOnly again.
TABLES_OF_EVIDENCE = (
    "kernel_auditentry",
    "kernel_publicationentry",
    "accounts_interest",
    "accounts_interestdeclaration",
    "accounts_passwordchange",
    "articles_citedreference",
    "articles_contribution",
    "articles_figurechange",
    "articles_placedfigure",
    "articles_referencechange",
    "articles_referencenotice",
    "articles_version",
    "reader_policyversion",
    "review_assignment",
    "review_decision",
    "review_notice",
    "review_signature",
    "review_submission",
)
# What kernel.guards.Refuse refuses, made by migrations of their own: which state may follow which,
# and that no row names what belongs to another.
FURTHER_GUARDS = {
    "articles_edition": ("strangers", "strangers_later"),
    "articles_version": ("strangers",),
    "review_decision": ("strangers",),
    "review_notice": ("strangers",),
    "review_publication": ("strangers", "strangers_later"),
    "review_signature": ("strangers",),
    "review_submission": ("start", "state", "strangers"),
}

SQLITE = """
CREATE TRIGGER {table}_refuse_{verb} BEFORE {event} ON {table}
WHEN {when}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""
# INSERT OR REPLACE deletes the row in its way, and SQLite fires no delete trigger for that unless
# `recursive_triggers` is on, which another program may not have set.
SQLITE_REPLACE = """
CREATE TRIGGER {table}_refuse_replace BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION USING
    MESSAGE = TG_TABLE_NAME || ' is append-only', ERRCODE = 'integrity_constraint_violation';
END $$ LANGUAGE plpgsql;
"""
POSTGRESQL = """
CREATE TRIGGER {table}_refuse_{verb} BEFORE {event} ON {table}
FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION refuse_change();
"""
POSTGRESQL_TRUNCATE = """
CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


class AppendOnly(Operation):
    """Refuse DELETE, and UPDATE of any column not named in `mutable`, on a model's table."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str, mutable: tuple[str, ...] = ()) -> None:
        self.model_name = model_name
        self.mutable = mutable

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change no model state: triggers live in the database alone."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create the triggers, in place of older ones: a table rebuilt on SQLite has lost them."""
        model = to_state.apps.get_model(app_label, self.model_name)
        table = model._meta.db_table
        frozen = [f.column for f in model._meta.local_fields if f.name not in self.mutable]
        when = "1" if schema_editor.connection.vendor == "sqlite" else "true"
        changed = when
        if self.mutable:
            comparison = (
                "OLD.{0} IS NOT NEW.{0}"
                if schema_editor.connection.vendor == "sqlite"
                else "OLD.{0} IS DISTINCT FROM NEW.{0}"
            )
            changed = " OR ".join(comparison.format(f'"{column}"') for column in frozen)
        self._drop(table, schema_editor, if_exists=True)
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(
                SQLITE.format(table=table, verb="update", event="UPDATE", when=changed)
            )
            schema_editor.execute(
                SQLITE.format(table=table, verb="delete", event="DELETE", when=when)
            )
            key = model._meta.pk.column
            schema_editor.execute(SQLITE_REPLACE.format(table=table, key=f'"{key}"'))
            return
        schema_editor.execute(POSTGRESQL_FUNCTION)
        for verb, condition in (("update", changed), ("delete", when)):
            schema_editor.execute(
                POSTGRESQL.format(table=table, verb=verb, event=verb.upper(), when=condition)
            )
        schema_editor.execute(POSTGRESQL_TRUNCATE.format(table=table))

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop the triggers."""
        self._drop(
            from_state.apps.get_model(app_label, self.model_name)._meta.db_table, schema_editor
        )

    @staticmethod
    def _drop(
        table: str, schema_editor: BaseDatabaseSchemaEditor, *, if_exists: bool = False
    ) -> None:
        is_postgresql = schema_editor.connection.vendor == "postgresql"
        condition = "IF EXISTS " if if_exists else ""
        verbs = ["update", "delete", "truncate" if is_postgresql else "replace"]
        for verb in verbs:
            on = f" ON {table}" if is_postgresql else ""
            schema_editor.execute(f"DROP TRIGGER {condition}{table}_refuse_{verb}{on}")

    def describe(self) -> str:
        """Return the words of `migrate`'s plan."""
        return f"Refuse UPDATE and DELETE on {self.model_name}"

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return what the migration writer needs."""
        return self.__class__.__qualname__, [self.model_name], {"mutable": self.mutable}
