"""Feedback and questions of people: taken by four channels, answered within 3 working days, published after moderation (Đ17, Đ18)."""
