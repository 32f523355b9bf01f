"""Creates the tables of other packages' apps directly instead of by their many migrations."""

MIGRATION_MODULES = dict.fromkeys(["axes", "sessions"])
