"""Conditions that the database itself holds a row to, where a constraint cannot: across tables, or
between what a row said and what it says.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

SQLITE = """
CREATE TRIGGER {trigger} BEFORE {event} ON {table}
WHEN {when}
BEGIN SELECT RAISE(ABORT, '{message}'); END;
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger AS $$
BEGIN IF {when} THEN RAISE EXCEPTION USING
    MESSAGE = '{message}', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW;
END $$ LANGUAGE plpgsql;
"""
POSTGRESQL = """
CREATE TRIGGER {trigger} BEFORE {event} ON {table}
FOR EACH ROW EXECUTE FUNCTION {trigger}();
"""


class Refuse(Operation):
    """Refuse an INSERT or an UPDATE of a row of a model's table while `when` is true of NEW (and OLD).

    `name` is the trigger's, behind the table's; `kernel.append_only.FURTHER_GUARDS` has it too.
    `postgresql` is the condition there, where it has to be written otherwise. `why` is what the
    error says behind the table's name.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(
        self, model_name: str, name: str, event: str, when: str, *, why: str, postgresql: str = ""
    ) -> None:
        self.model_name = model_name
        self.name = name
        self.event = event
        self.when = when
        self.why = why
        self.postgresql = postgresql

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change no model state: triggers live in the database alone."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create the trigger, in place of an older one: a table rebuilt on SQLite has lost it."""
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        sqlite = schema_editor.connection.vendor == "sqlite"
        parts = {
            "trigger": f"{table}_refuse_{self.name}",
            "table": table,
            "event": self.event,
            "when": self.when if sqlite else self.postgresql or self.when,
            "message": f"{table}: {self.why}",
        }
        self._drop(table, schema_editor)
        for statement in (SQLITE,) if sqlite else (POSTGRESQL_FUNCTION, POSTGRESQL):
            schema_editor.execute(statement.format(**parts))

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop the trigger."""
        model = from_state.apps.get_model(app_label, self.model_name)
        self._drop(model._meta.db_table, schema_editor)

    def _drop(self, table: str, schema_editor: BaseDatabaseSchemaEditor) -> None:
        trigger = f"{table}_refuse_{self.name}"
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigger} ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {trigger}()")

    def describe(self) -> str:
        """Return the words of `migrate`'s plan."""
        return f"Refuse {self.event} on {self.model_name}: {self.why}"

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return what the migration writer needs."""
        arguments = [self.model_name, self.name, self.event, self.when]
        return (
            self.__class__.__qualname__,
            arguments,
            {"why": self.why, "postgresql": self.postgresql},
        )
