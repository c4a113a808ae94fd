"""The site under ``mkdocs serve``: executed in the background, rendered where it has changed."""

from xordocs.site.livereload.server import LiveSite, failure_notice, file_states, pending_notice

__all__ = ["LiveSite", "failure_notice", "file_states", "pending_notice"]
