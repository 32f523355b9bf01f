"""Finds candidates for talks, chooses among them, and reads what each talk says."""
