"""Work that is killed, meets other work, or meets a base that takes nothing: the base must stay whole.

    python -m tests.crash [KILLS]

Works on the server that DATABASE_URL names, in databases of its own, or on SQLite files that are thrown away. All
work is done in forked processes, so that it can be killed at any moment and starts at once.
"""
