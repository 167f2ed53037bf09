"""How far a long command is: a bar on a terminal, a line now and then elsewhere."""

from types import TracebackType
from typing import Protocol, Self

WIDTH = 30
LINES_ELSEWHERE = 10


class Stream(Protocol):
    """Where progress goes: Django's `OutputWrapper` or a plain text stream."""

    def write(self, text: str) -> object:
        """Write `text`."""

    def isatty(self) -> bool:
        """Tell whether a person is looking."""

    def flush(self) -> object:
        """Show what was written."""


class Progress:
    """Counts steps up to `total` and shows them on `stream`."""

    def __init__(self, total: int, stream: Stream) -> None:
        self._total = total
        self._stream = stream
        self._done = 0
        self._is_terminal = stream.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._is_terminal:
            self._stream.write("\n")

    def step(self, what: str) -> None:
        """Count one step, which was about `what`."""
        self._done += 1
        if self._is_terminal:
            filled = WIDTH * self._done // self._total
            bar = "█" * filled + "░" * (WIDTH - filled)
            text = f"\r{bar} {self._done}/{self._total} {what[-40:]:<40}"
            _write_as_it_is(self._stream, text)
        elif self._total >= LINES_ELSEWHERE and self._done % (self._total // LINES_ELSEWHERE) == 0:
            self._stream.write(f"{self._done} of {self._total}")


def _write_as_it_is(stream: Stream, text: str) -> None:
    """Write without the line end that Django's wrapper adds."""
    plain: Stream = getattr(stream, "_out", stream)
    plain.write(text)
    plain.flush()
