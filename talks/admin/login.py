"""The login form of the admin."""

from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model


class LoginForm(AdminAuthenticationForm):
    """Refuses a name longer than the name of any account, since PostgreSQL could not record the failed login."""

    def clean(self) -> dict[str, Any]:
        """Show the message that any unknown name gets."""
        longest = get_user_model()._meta.get_field("username").max_length or 150
        if len(self.cleaned_data.get("username") or "") > longest:
            raise self.get_invalid_login_error()
        return super().clean()
