"""What is done to the library of figures, as the trail calls it."""

from kernel.events import Event


class FigureEvent(Event):
    """A figure's facts are frozen with each Version, so none of these reaches readers."""

    ADDED = "articles.figure.added"
    CHANGED = "articles.figure.changed"
