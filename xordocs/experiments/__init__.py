"""Questions asked of the networks: how often they learn, what stops them, is the gradient right."""

__all__: list[str] = []
