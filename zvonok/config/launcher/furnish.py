"""What stands in a new cluster before the first migration: roles, extensions, the database."""

from collections.abc import Callable, Mapping

import psycopg
from psycopg import sql

ADMIN, OWNER, WEB = ROLES = ("zvonok_admin", "zvonok_owner", "zvonok_web")
DATABASE = "zvonok"
EXTENSIONS = ("btree_gist", "citext", "pg_trgm")
RIGHTS = {OWNER: "LOGIN CREATEDB NOBYPASSRLS", WEB: "LOGIN NOBYPASSRLS"}


def furnish(url: Callable[[str, str], str], passwords: Mapping[str, str]) -> None:
    """Make what is missing; the database comes last, so that it stands for all the rest."""
    with _connected(url(ADMIN, "postgres")) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            return
        _make_roles(connection, passwords)
        with _connected(url(ADMIN, "template1")) as template:
            for name in EXTENSIONS:
                template.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
        made = sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
        connection.execute(made)


def _connected(address: str) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(address, autocommit=True)


def _make_roles(connection: "psycopg.Connection[tuple[object, ...]]", passwords: Mapping[str, str]) -> None:
    for role, rights in RIGHTS.items():
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
        statement = sql.SQL("{} ROLE {} {} PASSWORD {}").format(
            sql.SQL("ALTER" if known else "CREATE"),
            sql.Identifier(role),
            sql.SQL(rights),
            sql.Literal(passwords[role]),
        )
        connection.execute(statement)
