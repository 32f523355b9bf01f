"""Finds candidates for talks, chooses among them, and reads the parts of each talk."""
