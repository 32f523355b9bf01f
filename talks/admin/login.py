"""The door of the admin."""

from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model


class LoginForm(AdminAuthenticationForm):
    """Refuses a name that is longer than any account's: PostgreSQL could not note it as a wrong one."""

    def clean(self) -> dict[str, Any]:
        """Answer as for every wrong name."""
        longest = get_user_model()._meta.get_field("username").max_length or 150
        if len(self.cleaned_data.get("username") or "") > longest:
            raise self.get_invalid_login_error()
        return super().clean()
