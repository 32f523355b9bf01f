"""Django's admin, where editors see and change rows; derived data follows each edit.

Read `base` first. Each other module declares the pages of one kind of row, or adds to them.
"""

import taggit.admin
import taggit.models
from django.contrib import admin

from talks.admin import conflicts, events, people, posts, runs, tags, takeaways, talks
from talks.admin.login import LoginForm

__all__ = ["conflicts", "events", "people", "posts", "runs", "tags", "takeaways", "talks"]

admin.site.unregister(taggit.models.Tag)
admin.site.login_form = LoginForm
admin.site.site_header = "confnotes"
admin.site.site_title = "confnotes"
admin.site.index_title = "Everything noted"
