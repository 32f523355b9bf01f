"""Finds which event a post is of, from its title, first lines, front matter, path and text."""
