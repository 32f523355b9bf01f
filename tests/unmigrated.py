"""Makes the tables of other people's apps at once instead of by their many migrations."""

MIGRATION_MODULES = dict.fromkeys(["axes", "sessions"])
