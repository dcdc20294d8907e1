"""Where the upper app learns of changed texts."""
