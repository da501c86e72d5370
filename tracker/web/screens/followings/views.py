"""What a person follows, and the questions asked on commitments."""

from flask import Blueprint

area = Blueprint("followings", __name__)
