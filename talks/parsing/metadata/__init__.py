"""Reads what front matter, file name, folders and hints say of the whole post."""
