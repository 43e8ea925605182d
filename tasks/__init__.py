"""The sessions of noxfile.py, by subject."""
