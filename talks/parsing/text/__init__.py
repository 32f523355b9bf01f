"""From bytes to blocks: decoding, cleaning, lists, tables, and markdown within a line."""
