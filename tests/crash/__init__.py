"""Kills work, lets work collide, or lets the database refuse work; the base must stay sound.

python -m tests.crash [KILLS]

Runs in databases of its own on the server that DATABASE_URL names, or on temporary SQLite files. All work is done in
forked processes, so that it can be killed at any moment and starts fast.
"""
