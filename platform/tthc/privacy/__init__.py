"""What people may ask about their own data (law 91/2025): what for, which, a copy, and to be forgotten where that may be."""
