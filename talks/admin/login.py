"""The login form of the admin."""

from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model


class LoginForm(AdminAuthenticationForm):
    """Refuses a name longer than any account's, which PostgreSQL could not record as a failed login."""

    def clean(self) -> dict[str, Any]:
        """Answer with the same message as for any wrong name."""
        longest = get_user_model()._meta.get_field("username").max_length or 150
        if len(self.cleaned_data.get("username") or "") > longest:
            raise self.get_invalid_login_error()
        return super().clean()
