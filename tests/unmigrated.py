"""Creates the tables of the tests from the models instead of by all migrations, which takes seconds a process.

`tests/models/test_migrations.py` runs the migrations, and checks that they make the same tables.
"""

APPS = ["admin", "auth", "axes", "contenttypes", "sessions", "taggit", "talks"]
MIGRATION_MODULES = dict.fromkeys(APPS)
