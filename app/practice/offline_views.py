"""The log without a network: the worker that opens its form, the form's page with nobody in it, and a fresh token.

What a phone keeps, for whom and until when: docs/security.md.
"""

import json
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Response, current_app, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from jinja2 import Environment

from app import clock
from app.access import learner, learner_only, public
from app.forms import token
from app.practice.forms import EntryForm, Offered
from app.practice.offer import USUAL
from app.practice.views import blueprint
from app.practice.wording import FormWords

LAYERS = ("tokens", "base", "layout", "components", "study", "practice", "account", "cohorts", "charts", "print")
SCRIPTS = ("site", "kept", "practice", "draft")
FONTS = ("vollkorn-latin-wght-normal", "source-sans-3-latin-wght-normal")
TEMPLATES = (
    "base.html",
    "macros/forms.html",
    "practice/entry_form.html",
    "practice/kept.html",
    "practice/offline.html",
)


@blueprint.route("/sw.js")
@public
def worker() -> ResponseReturnValue:
    """The service worker: at the root, since it answers for `/practice/`; asked for anew each time by the browser."""
    return Response(head() + script("worker.js"), mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


@blueprint.route("/practice/offline")
@public
def offline() -> ResponseReturnValue:
    """The page with the log's form that a phone keeps: the same for everybody, and empty of anybody."""
    today = clock.now().date()
    form = EntryForm(formdata=None, offered=Offered(today), data=USUAL)
    form.lay_out()
    return render_template("practice/offline.html", form=form, words=FormWords(today))


@blueprint.route("/practice/token")
@learner_only
def fresh_token() -> ResponseReturnValue:
    """Who is signed in here, and a token for what was written while nobody could be."""
    return jsonify(person=learner()[0].id, token=token())


def head() -> str:
    """What the worker must know: the files the form's page needs, its address, and the version of all of it."""
    asset = current_app.jinja_env.globals["asset"]
    assert callable(asset)
    files = [
        *(asset(f"css/{layer}.css") for layer in LAYERS),
        *(asset(f"js/{name}.js") for name in SCRIPTS),
        *(url_for("static", filename=f"fonts/{name}.woff2") for name in FONTS),
        asset("icon.svg"),
    ]
    shell = url_for("practice.offline")
    sources = "".join(source(current_app.jinja_env, name) for name in TEMPLATES)
    version = sha256("".join((*files, sources)).encode()).hexdigest()[:12]
    known = {"VERSION": version, "SHELL": shell, "FILES": files}
    return "".join(f"const {name} = {json.dumps(value)};\n" for name, value in known.items())


@lru_cache(maxsize=len(TEMPLATES))
def source(environment: Environment, name: str) -> str:
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


@lru_cache(maxsize=1)
def script(name: str) -> str:
    return (Path(str(current_app.static_folder)) / "js" / name).read_text()
