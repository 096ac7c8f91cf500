"""Jinja as Flask has it, but for one habit that each page paid for."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment as FlaskEnvironment


class Environment(FlaskEnvironment):
    """Gives templates the globals as they are. No template here has any of its own."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        # Jinja lays a ChainMap around them, and copies it name by name for each page and each import in it.
        return super().make_globals(d) if d else self.globals
