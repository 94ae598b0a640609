"""The process file (``process.yaml``): what a user says about the process that a record follows, and what follows from it."""
