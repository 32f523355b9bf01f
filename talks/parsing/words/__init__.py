"""Word lists, by language where languages differ. No other package of the parser contains words."""
