"""Watching: feeds polled politely into a record, and alerts when a followed fact changes."""
