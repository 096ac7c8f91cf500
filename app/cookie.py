"""The one cookie, signed as Flask signs it."""

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer


class Cookie(SecureCookieSessionInterface):
    """Keeps what signs: Flask makes it twice for each request, from a key that never changes while it runs."""

    signing: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        if self.signing is None:
            self.signing = super().get_signing_serializer(app)
        return self.signing


def init_app(app: Flask) -> None:
    app.session_interface = Cookie()
