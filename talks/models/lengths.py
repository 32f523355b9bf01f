"""How many characters the columns of rows hold, for those who check a text before the database sees it."""

SLUG_LENGTH = 100
REFERENCE_KIND_LENGTH = 10
HANDLE_LENGTH = 100
LANGUAGE_LENGTH = 20
ALT_LENGTH = 300
LOGIN_LENGTH = 150
