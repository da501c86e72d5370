"""Finding a commitment, an indicator or a text by its words."""

from flask import Blueprint

area = Blueprint("searches", __name__)
