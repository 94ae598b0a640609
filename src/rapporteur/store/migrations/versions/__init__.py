"""Schema versions, oldest first. A version that was released is never edited: the next change is a new file."""
