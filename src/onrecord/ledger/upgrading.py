"""Brings the tables of a ledger to the version of this onrecord, by Alembic, with the guards made anew after it."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from onrecord.ledger.dialects import guard
from onrecord.ledger.tables import metadata


def upgrade(connection: Connection) -> None:
    """Runs the steps that are missing, in the transaction of ``connection``.

    Alembic's batch mode drops the triggers of a SQLite table in silence, so the guards are made anew each time.
    """
    config = Config()
    config.set_main_option("script_location", str(files("onrecord.ledger") / "migrations"))
    script = ScriptDirectory.from_config(config)

    def steps(revision: Any, context: MigrationContext) -> Any:
        return script._upgrade_revs("head", revision)

    with EnvironmentContext(config, script, fn=steps) as environment:
        environment.configure(connection=connection, target_metadata=metadata)
        environment.run_migrations()
    guard(connection)
