"""Where posts lie: files, folders, `confnotes.toml`, images. The only place of the importer that reads the disk."""
