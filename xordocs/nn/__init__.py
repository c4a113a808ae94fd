"""The networks that the lessons show, a module for each framework."""

__all__: list[str] = []
