"""The entry point for a WSGI server: `gunicorn confnotes.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "confnotes.settings")

application = get_wsgi_application()
len(get_resolver().url_patterns)  # loads the pages and forms now, so that the first request need not wait for them
