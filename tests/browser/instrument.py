"""What tests of the playground share: how it is opened, and when it rests."""

from playwright.sync_api import Page

RESTS = "document.getElementById('pg')?.getAttribute('aria-busy') === 'false'"


def rest(tab: Page) -> None:
    """Wait until the page computes no more."""
    tab.wait_for_function(RESTS)


def show_all(tab: Page) -> None:
    """Show the parts that come when a reader does something, and all settings."""
    rest(tab)
    tab.keyboard.press("Shift")
    tab.wait_for_function("!document.querySelector('#pg :not(:defined)')")
    tab.evaluate("document.getElementById('pg-all').open = true")
