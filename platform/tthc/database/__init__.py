"""The connection to MongoDB: somebody's server, or an embedded one started as a child process."""
