"""What the smoke test asks of the frozen libraries, through the program's own ports: see a video, hear a sentence,
read a scan, speak.

    media_check PHOTO VIDEO SPEECH SCAN

It is frozen beside the program, with the same libraries, and taken away once it has answered.
"""

import multiprocessing
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtMultimedia import QMediaDevices

from desktop.core.documents import DocumentWish, Page, PageWish
from desktop.core.media import Frame, FramesWish, SoundBlock, SoundWish, Source, ThumbnailWish
from desktop.core.paths import resources
from desktop.core.reading_errors import NoVoice
from desktop.core.speech import SpeechWish, gather
from desktop.engine.speech import LocalTranscriber
from desktop.reader.client import LocalMediaReader
from desktop.reader.documents import LocalDocumentReader
from desktop.speaker.client import LocalSpeaker


def main(photo: Path, video: Path, speech: Path, scan: Path) -> None:
    """Print what was seen, and the words."""
    reader, transcriber, documents = LocalMediaReader(), LocalTranscriber(), LocalDocumentReader()
    try:
        with photo.open("rb") as file:
            seen = reader.thumbnail(Source(file, photo.name), ThumbnailWish())
        print(f"a photo of {seen.width} by {seen.height}")
        with video.open("rb") as file:
            frames = [one for one in reader.frames(Source(file, video.name), FramesWish()) if isinstance(one, Frame)]
        assert frames, "no frame of the video was seen"
        print(f"{len(frames)} frames of {frames[0].picture.width} by {frames[0].picture.height}")
        with speech.open("rb") as file:
            sound = reader.sound(Source(file, speech.name), SoundWish())
            blocks = (one for one in sound if isinstance(one, SoundBlock))
            wish = SpeechWish(resources() / "models" / "whisper-base")
            words = " ".join(one.text for one in gather(transcriber.transcribe(wish, blocks)).segments)
        assert words, "no word of the sentence was heard"
        print(f"“{words}”")
        with scan.open("rb") as file:
            source = Source(file, scan.name)
            pages = [one for one in documents.read(source, DocumentWish()) if isinstance(one, Page)]
            print(f"a page of {documents.look(source, PageWish(1)).width} points: {pages[0].text.splitlines()[0]}")
        print(f"{len(QMediaDevices.audioInputs())} microphones; a voice {speak()}")
    finally:
        transcriber.close()
        reader.close()
        documents.close()


def speak() -> str:
    """Have the speaking process started; where nothing on this system speaks, it has to say so."""
    speaker = LocalSpeaker()
    speaker.begin()
    try:
        speaker.say("One.", "", 0.0, lambda: None)
    except NoVoice:
        return "is not installed here"
    finally:
        speaker.close()
    return "spoke"


if __name__ == "__main__":
    multiprocessing.freeze_support()
    application = QCoreApplication(sys.argv)
    main(*map(Path, application.arguments()[1:]))
