"""Loads the rows that posts touch, and writes plans, outcomes and images."""

from talks.importing.store.image_store import list_given, store_images
from talks.importing.store.import_lock import hold_lock
from talks.importing.store.loader import load_known
from talks.importing.store.plan_writer import write_plan
from talks.importing.store.run_journal import close_run, keep_outcome, open_run
