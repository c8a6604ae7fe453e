"""Run by the tests in a process of its own: Qt speaks to one sound server in the life of a process.

Tells on standard output what the microphone tells, one word a line, and writes down what it hears, until its standard
input is closed.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSocketNotifier

from desktop.ui.voice.microphone import Microphone

application = QCoreApplication([])
microphone = Microphone()


def tell(word: str) -> None:
    print(word, flush=True)


with Path(sys.argv[1]).open("wb") as file:
    microphone.heard.connect(lambda samples: (file.write(samples), file.flush(), tell("heard")))
    microphone.started.connect(lambda: tell("started"))
    microphone.broke.connect(lambda trouble: tell(str(trouble)))
    end = QSocketNotifier(0, QSocketNotifier.Type.Read)
    end.activated.connect(application.quit)
    tell("|".join(one.name for one in microphone.devices()))
    microphone.start(sys.argv[2] if len(sys.argv) > 2 else "")
    application.exec()
    microphone.stop()
