"""The web application: create_app wires the parts together and decides nothing."""

from collections.abc import Mapping
from typing import Any

from werkzeug.middleware.proxy_fix import ProxyFix

from app import (
    access,
    addresses,
    certificates,
    cohorts,
    commands,
    content,
    cookie,
    errors,
    filters,
    forms,
    fragments,
    headers,
    logs,
    metrics,
    navigation,
    operator,
    people,
    practice,
    reports,
    study,
)
from app.addresses import RowId
from app.config import settings
from app.db import db, engine_options
from app.transaction import Transactional


def create_app(overrides: Mapping[str, Any] | None = None) -> Transactional:
    """A ready application. Raises config.Refused where the settings are not safe to start with."""
    app = Transactional(__name__)
    app.config.from_mapping(settings())
    app.config.from_mapping(overrides or {})
    app.url_map.converters["int"] = RowId
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(app.config["SQLALCHEMY_DATABASE_URI"])
    if app.config["PROXIES"]:
        count = app.config["PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    for part in (
        logs,
        metrics,
        db,
        cookie,
        access,
        addresses,
        headers,
        errors,
        filters,
        forms,
        fragments,
        navigation,
        content,
        commands,
    ):
        part.init_app(app)
    for feature in (people, cohorts, study, practice, certificates, reports, operator):
        app.register_blueprint(feature.blueprint)
    app.register_blueprint(cohorts.desk)
    app.register_blueprint(certificates.awards)
    return app
