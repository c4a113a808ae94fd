import sys

import pytest

from xordocs.site.lazy_import import import_without


def test_what_others_do_without_can_be_imported_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with import_without("colorsys", "json"):
        with pytest.raises(ImportError):
            import colorsys
        import json  # which was imported before
    import colorsys

    assert colorsys.rgb_to_hsv(0, 0, 0) == (0, 0, 0)
    assert json.loads("1") == 1
