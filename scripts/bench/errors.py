"""What ends the benchmark."""


class BenchError(Exception):
    """It cannot be measured; the text says why."""
