"""The hook by which jobs learn of a person's corrections; sent inside the changing transaction."""

from django.dispatch import Signal

# arguments: story_id; sent when a person changed what is compared: a claim's span, reading, status
# or point. Decisions about discrepancies change nothing that is compared.
claims_corrected = Signal()
