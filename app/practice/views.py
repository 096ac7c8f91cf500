from flask import Blueprint

blueprint = Blueprint("practice", __name__)
