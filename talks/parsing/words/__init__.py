"""Word lists, per language where languages differ: the only place where the parser knows words."""
