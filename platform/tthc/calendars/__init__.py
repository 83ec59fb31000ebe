"""The administered working calendar: the shipped one, and what administrators decided after it, each with its source."""
