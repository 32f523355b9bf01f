"""Reads facts about the whole post from front matter, file name, folders and hints."""
