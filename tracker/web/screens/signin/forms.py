"""The sign-in form."""

from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Address and password, where to go next, and what was typed before the session ended."""

    email = EmailField()
    password = PasswordField()
    suite = HiddenField()
    typed = HiddenField()
