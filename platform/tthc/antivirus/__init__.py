"""Looking for malware in what people send: a scanner behind an interface, and quarantine until it has spoken (Đ9.1e)."""
