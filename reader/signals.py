"""The hooks by which upper code learns of changed texts; sent inside the changing transaction."""

from django.dispatch import Signal

# arguments: version_id, story_id, number (of the version: 1 has none before it), more (whether
# other versions of the same chunk are still to come: what is about the story can wait for the last)
article_version_added = Signal()

# arguments: story_id; sent when the set of shown articles changes without a new text, such as a
# take-down, an embargo's end, a corrected published time
story_texts_changed = Signal()

# arguments: article_id, version_ids, story_id, person; whatever repeats words of the report goes
# now, while the guards let it
article_erased = Signal()
