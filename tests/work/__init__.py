"""Random work on posts and base together, as writers, hands and commands do it: nothing may be lost on the way.

    python -m tests.work [SEEDS [FIRST]]

Each seed is a story of its own, on the database of the settings, in a base that is thrown away.
"""
