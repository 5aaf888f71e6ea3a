"""What can be wrong with a cube, or with what is asked of it."""


class CubeError(ValueError):
    """The parts given do not make a cube: the message says which part and why."""


class UnknownCode(CubeError):
    """A dimension or category was asked for that the cube does not have."""


class NotSummable(CubeError):
    """A sum was asked for that would have no meaning or count somebody twice."""


class JsonStatError(CubeError):
    """A JSON-stat document that cannot be read as a cube."""
