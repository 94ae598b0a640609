"""The record for a chat client: tools of the Model Context Protocol that only read, and only return what is cited."""
