"""OpenCV is loaded here once, and what it does to Qt's environment is undone: windows are tested here too."""

import os

_BEFORE = {name: os.environ.get(name) for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")}
import cv2  # noqa: E402, F401

for _name, _value in _BEFORE.items():
    if _value is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value
