"""Turns bytes into blocks: decoding, cleaning, lists, tables, and markdown within a line."""
