"""Changing a definition's text place by place, so that comments, quotes and line breaks of all other places stay."""

from definitions.editing.edits import Drop, Edit, EditError, Insert, Move, Put, Rename, Spot, applied, at
from definitions.editing.minimal import minimal
from definitions.editing.places import path_of, place_of
from definitions.editing.text import edited, edited_all

__all__ = [
    "Drop",
    "Edit",
    "EditError",
    "Insert",
    "Move",
    "Put",
    "Rename",
    "Spot",
    "applied",
    "at",
    "edited",
    "edited_all",
    "minimal",
    "path_of",
    "place_of",
]
