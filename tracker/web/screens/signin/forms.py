"""The sign-in form."""

from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Address and password, and where to go next."""

    email = EmailField()
    password = PasswordField()
    suite = HiddenField()
