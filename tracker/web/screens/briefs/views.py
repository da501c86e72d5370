"""The year on one page, to print or to project: the brief, its PDF, the presentation."""

from flask import Blueprint

area = Blueprint("briefs", __name__)
