"""Apps of others, whose tables the tests make at once instead of by their many migrations."""

MIGRATION_MODULES = dict.fromkeys(["axes", "sessions"])
