"""How good the engine is on labelled stories: `manage.py evaluate`. Needs no database."""
