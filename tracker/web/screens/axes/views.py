"""The page of an axis: its commitments, their states, what moved."""

from flask import Blueprint

area = Blueprint("axes", __name__)
