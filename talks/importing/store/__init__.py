"""Loads what a post touches, and writes plans, in transactions."""
