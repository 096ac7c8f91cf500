"""A second database beside the tests' own, empty to begin with."""

from sqlalchemy import URL, create_engine, text
from sqlalchemy.pool import NullPool


def beside(url: URL, name: str) -> str:
    """The address of an empty database of this name on the same PostgreSQL server; what had the name is gone."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    return url.set(database=name).render_as_string(hide_password=False)
