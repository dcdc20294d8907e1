"""One module per output format; the records they present know nothing of it."""
