"""Candidates for talks, the choice among them, and what each talk says."""
