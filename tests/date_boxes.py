"""A day as a form posts it: three boxes."""

from datetime import date


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}.d": str(day.day), f"{name}.m": str(day.month), f"{name}.y": str(day.year)}
