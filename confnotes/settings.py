"""Settings, all from the environment: docs/settings.md lists them.

With nothing set this is a local run: SQLite beside the project, served to this machine only. A SITE_URL
on another host makes it production, which wants a SECRET_KEY of its own and takes no DEBUG.
"""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from confnotes.environment import (
    LOOPBACK,
    EnvironmentFault,
    read_cache,
    read_choice,
    read_count,
    read_database,
    read_flag,
    read_host,
    read_hosts,
    read_share,
    read_site_url,
    read_text,
)

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(read_text("DATA_DIR", str(BASE_DIR / "data")))
LOCAL_KEY = "only-for-a-run-on-this-machine-and-refused-everywhere-else"

SITE_URL = read_site_url("SITE_URL", "http://127.0.0.1:8000")
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = sorted({read_host(SITE_URL), *read_hosts("ALLOWED_HOSTS")})
LOCAL = LOOPBACK.issuperset(ALLOWED_HOSTS)
if LOCAL:
    ALLOWED_HOSTS = sorted(LOOPBACK)
elif read_host(SITE_URL) in LOOPBACK:
    raise EnvironmentFault("SITE_URL must say where readers open the site, since ALLOWED_HOSTS names a public host.")

DEBUG = read_flag("DEBUG", default=False)
if DEBUG and not LOCAL:
    raise EnvironmentFault("DEBUG shows the program's insides to everyone; unset it, since SITE_URL is public.")
SECRET_KEY = read_text("SECRET_KEY", LOCAL_KEY)
if not LOCAL and (SECRET_KEY == LOCAL_KEY or len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5):
    raise EnvironmentFault("SECRET_KEY must be set to 50 or more random characters, since SITE_URL is public.")

INSTALLED_APPS = [
    "talks.apps.TalksConfig",
    "confnotes.admin_site.NotesAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "taggit",
    "django_htmx",
    "axes",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "confnotes.request_targets.refuse_foreign_targets",
    "talks.views.redirects.revalidate_redirects",
    "talks.views.page_cache.keep_pages",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "confnotes.urls"
WSGI_APPLICATION = "confnotes.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "libraries": {"desk": "talks.admin.desk_template_tags"},
        },
    },
]

# Data

if not read_text("DATABASE_URL"):
    with suppress(OSError):  # commands that need no database also run on a read-only disk
        DATA_DIR.mkdir(parents=True, exist_ok=True)
DATABASES = {"default": read_database("DATABASE_URL", f"sqlite:///{DATA_DIR}/confnotes.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Deferred transactions fail with "database is locked" as soon as two writers meet; immediate ones wait.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = read_count("CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Compiling a query takes longer than running any of ours. Who waits for a row waits as long as on SQLite.
    DATABASES["default"]["OPTIONS"] = {"options": "-c jit=off -c lock_timeout=20s"}

# A post beyond these limits is refused, or cut with a warning: docs/settings.md.
POST_MAX_BYTES = read_count("POST_MAX_BYTES", 2_000_000)
LEAST_CERTAINTY = read_share("LEAST_CERTAINTY", 0.5)  # what is less certain to be a talk stays text
PAGE_SIZE = 24

# Rendered pages are kept under the version of the base: in each process, or in a Redis or Valkey that all share.
CACHES = {"default": read_cache("CACHE_URL")}
PAGES_KEPT = not DEBUG

TAGGIT_CASE_INSENSITIVE = True

# Texts and times

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# Static files

STATIC_URL = "static/"
STATIC_ROOT = None if LOCAL else BASE_DIR / "staticfiles"  # a local run serves them from the source folder
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_MAX_BYTES = read_count("MEDIA_MAX_BYTES", 10_000_000)  # of a larger image the description is shown
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = LOCAL

# Security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}
SECURE_SSL_REDIRECT = HTTPS and read_flag("SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = read_count("HSTS_SECONDS", 31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = read_flag("HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = read_flag("HSTS_PRELOAD", default=False)
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
BEHIND_PROXY = read_flag("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# HSTS reaches beyond this host only where its owner says so.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "talks.views.refuse_forged"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a talk with 500 takeaways is one form in the admin

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_TEMPLATE = "login_locked.html"
AXES_CLIENT_IP_CALLABLE = "confnotes.proxies.find_client_address" if BEHIND_PROXY else None
AXES_VERBOSE = False

LOG_LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    # Failed requests of strangers are in the server's own log, one line each.
    # psycopg warns again of a batch of statements whose first fault it raised and which was reported already.
    "loggers": {
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.request": {"level": "ERROR"},
        "psycopg": {"level": "ERROR"},
    },
    "root": {"handlers": ["console"], "level": read_choice("LOG_LEVEL", LOG_LEVELS, "WARNING")},
}
