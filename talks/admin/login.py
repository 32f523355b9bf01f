"""The login form of the admin."""

from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model

from talks.models import LOGIN_LENGTH


class LoginForm(AdminAuthenticationForm):
    """The login form; it treats a name too long for an account as an unknown one.

    PostgreSQL could not record a failed login with such a name.
    """

    def clean(self) -> dict[str, Any]:
        longest = get_user_model()._meta.get_field("username").max_length or LOGIN_LENGTH
        if len(self.cleaned_data.get("username") or "") > longest:
            raise self.get_invalid_login_error()
        return super().clean()
