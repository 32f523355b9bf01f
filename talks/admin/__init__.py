"""Django's admin, where editors see and change rows; `talks.editing` stores what they change.

Read `base` first: `ContentAdmin` is what the pages of all kinds of content have in common. Modules with its subclasses
declare the pages of one kind of row. Others have what these use: further pages, as functions with `urlpatterns`,
actions, forms, and tables of what differs between kinds of rows.
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
