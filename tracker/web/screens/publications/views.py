"""What an authority publishes: the choice of it, and the pages that anyone reads."""

from flask import Blueprint

area = Blueprint("publications", __name__)
