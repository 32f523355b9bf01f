"""The parser's lists of words, by language where languages differ."""
