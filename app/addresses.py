"""What an address may hold."""

from werkzeug.routing import IntegerConverter, Map


class RowId(IntegerConverter):
    """An id in an address. A larger number than any id is not found, instead of too large for the database."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, min=1, max=2**31 - 1)
