"""Work that is killed, collides with other work, or is refused by the database: the base must stay sound.

    python -m tests.crash [KILLS]

Works on the server that DATABASE_URL names, in databases of its own, or on temporary SQLite files. All
work is done in forked processes, so that it can be killed at any moment and starts at once.
"""
