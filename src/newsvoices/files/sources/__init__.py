"""Where bytes come from: folders, files, zips; what they are, and their text."""
