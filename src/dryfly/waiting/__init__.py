"""How long somebody waits: estimated, told as a promise, and learned from what came of it."""
