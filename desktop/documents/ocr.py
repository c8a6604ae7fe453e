"""Reads the words of a picture with Tesseract, one page after the other: language and turn are found out on the way.

Why not all languages at once: each one takes its time again, and a page is nearly always in one. The language that
fitted the last page is tried first; the little words of a text tell when it is another (see `tongues`).

Why no detection of the turn beforehand: a page that lies wrong reads so badly that the confidence shows it, and only
such pages are read again.
"""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import tesserocr

from desktop.core.documents import Box, Page, Trouble
from desktop.documents import ocr_text, tessdata, tongues
from desktop.documents.sheet import Grey, Sheet

PAGE_SECONDS = 40.0
"""What one page may take, all tries together; the reader is ended somewhat later."""

_SURE = 0.8
_POOR = 0.6
_MOST_POOR = 0.2
"""Share of the words that may be read poorly before the whole page is doubtful."""
_BETTER = 0.12
"""How much surer another try has to be."""
_NO_WORSE = 0.02
_ENOUGH_MARKS = 4
_TURNS = (2, 1, 3)
"""Quarter turns, likeliest first: upside down, then lying."""
_FEWEST_DOTS = 70
_DARKER = 50
_BLANK_INK = 0.0005
_NO_INK = 0.00005


@dataclass(frozen=True, slots=True)
class Reading:
    """What one try made out."""

    words: tuple[ocr_text.Word, ...] = ()
    confidence: float = 0.0
    """The mean of all letters, those of words that were dropped among them."""
    marks: int = 0
    """Words and what may have been words."""
    ended: bool = True
    """False when time ran out."""


@dataclass(slots=True)
class Recogniser:
    """Reads the pages of one document."""

    languages: tuple[str, ...] = ()
    """Which are wished for; empty: those there is data for."""
    places: tuple[Path, ...] | None = None
    """Where to look for data; the folders of this computer when left out."""
    seconds: float = PAGE_SECONDS
    _data: dict[str, Path] = field(init=False)
    _language: str = field(init=False, default="")
    _turn: int = field(init=False, default=0)
    _engine: tesserocr.PyTessBaseAPI | None = field(init=False, default=None)
    _loaded: str = field(init=False, default="")

    def __post_init__(self) -> None:
        found = tessdata.found(self.places)
        wished = {code: found[code] for code in self.languages if code in found}
        self._data = wished or found
        self._language = next(iter(self._data), "")

    @property
    def can_read(self) -> bool:
        """Whether there is any data."""
        return bool(self._data)

    def close(self) -> None:
        """Give the memory back."""
        if self._engine is not None:
            self._engine.End()
        self._engine = None
        self._loaded = ""

    def read(self, sheet: Sheet, number: int) -> Page:
        """Return the page that a picture shows; its trouble says what may be wrong with it."""
        ink = _ink(sheet.grey)
        if ink < _NO_INK:
            return Page(number, "", scanned=True)
        if not self.can_read:
            return Page(number, "", scanned=True, trouble=Trouble.NO_RECOGNISER)
        deadline = time.monotonic() + self.seconds
        reading = self._in_its_turn(sheet, deadline)
        if not self._data:  # none of it could be loaded
            return Page(number, "", scanned=True, trouble=Trouble.NO_RECOGNISER)
        reading, foreign = self._in_its_language(sheet, reading, deadline)
        text, runs = ocr_text.put_together(reading.words)
        return Page(number, text, runs=runs, scanned=True, trouble=_trouble(reading, text, ink, foreign=foreign))

    def _in_its_turn(self, sheet: Sheet, deadline: float) -> Reading:
        """Read as the last page lay; when that reads badly, turned."""
        best = self._try(sheet, self._turn, deadline)
        if best.confidence >= _POOR or best.marks < _ENOUGH_MARKS or not best.ended:
            return best
        other = self._otherwise_written(sheet, best, deadline)
        if other.confidence >= _POOR:
            return other
        for turn in (0, *_TURNS):
            reading = self._try(sheet, turn, deadline) if turn != self._turn else best
            if reading.confidence >= best.confidence + _BETTER:
                best, self._turn = reading, turn
            if best.confidence >= _SURE or not reading.ended:
                break
        return best

    def _otherwise_written(self, sheet: Sheet, best: Reading, deadline: float) -> Reading:
        """Try the languages with another script, which reads as noise with this one's data."""
        before = self._language
        for language in [one for one in self._data if one in ocr_text.OTHER_SCRIPTS and one != before]:
            self._language = language
            reading = self._try(sheet, self._turn, deadline)
            if reading.confidence >= best.confidence + _BETTER:
                return reading
        self._language = before
        return best

    def _in_its_language(self, sheet: Sheet, reading: Reading, deadline: float) -> tuple[Reading, bool]:
        """Read again where the words are those of another language; True when there is no data for that one."""
        missing = bool(self.languages) and not set(self.languages) & set(self._data)
        if not reading.ended:
            return reading, missing
        language = tongues.guess(ocr_text.put_together(reading.words)[0])
        if language in ("", self._language):
            return reading, missing
        if language not in self._data:
            return reading, True
        before, self._language = self._language, language
        again = self._try(sheet, self._turn, deadline)
        if again.ended and again.confidence >= reading.confidence - _NO_WORSE:
            return again, missing
        self._language = before
        return reading, missing

    def _try(self, sheet: Sheet, turn: int, deadline: float) -> Reading:
        left = deadline - time.monotonic()
        if left <= 0 or not self._load():
            return Reading(ended=left > 0)
        assert self._engine is not None
        grey = np.ascontiguousarray(np.rot90(sheet.grey, turn))
        height, width = grey.shape
        try:
            self._engine.SetImageBytes(grey.tobytes(), width, height, 1, width)
            self._engine.SetSourceResolution(max(sheet.dots, _FEWEST_DOTS))
            ended = bool(self._engine.Recognize(max(1, int(left * 1000))))
            words = tuple(_words(self._engine, width, height, turn)) if ended else ()
        except RuntimeError:  # it finds nothing to work on
            return Reading()
        finally:
            self._engine.Clear()
            self._engine.ClearAdaptiveClassifier()
        return Reading(tuple(word for word in words if word.likely), ocr_text.confidence(words), len(words), ended)

    def _load(self) -> bool:
        """Load the data of the language; what cannot be loaded is not tried again."""
        while self._loaded != self._language or self._engine is None:
            self.close()
            file = self._data.get(self._language)
            if file is None:
                return False
            try:
                self._engine = tesserocr.PyTessBaseAPI(
                    path=str(file.parent), lang=tessdata.LANGUAGES[self._language], psm=tesserocr.PSM.AUTO
                )
            except RuntimeError:
                del self._data[self._language]
                self._language = next(iter(self._data), "")
                continue
            self._engine.SetVariable("debug_file", os.devnull)  # it says /dev/null on Windows too, and crashes there
            self._loaded = self._language
        return True


def _words(engine: tesserocr.PyTessBaseAPI, width: int, height: int, turn: int) -> Iterator[ocr_text.Word]:
    level = tesserocr.RIL
    for at in tesserocr.iterate_level(engine.GetIterator(), level.WORD):
        place = at.BoundingBox(level.WORD)
        if at.Empty(level.WORD) or place is None:
            continue
        left, top, right, bottom = place
        box = ocr_text.turned_back(Box(left / width, top / height, right / width, bottom / height), turn)
        yield ocr_text.Word(
            at.GetUTF8Text(level.WORD).strip(),
            box,
            min(max(at.Confidence(level.WORD) / 100, 0.0), 1.0),
            first_of_line=at.IsAtBeginningOf(level.TEXTLINE),
            first_of_block=at.IsAtBeginningOf(level.BLOCK),
        )


def _ink(grey: Grey) -> float:
    """Return which share of the points is clearly darker than the paper."""
    return float(np.count_nonzero(grey < max(0, int(np.median(grey)) - _DARKER)) / grey.size)


def _trouble(reading: Reading, text: str, ink: float, *, foreign: bool) -> Trouble | None:
    if not reading.ended:
        return Trouble.TOO_LONG
    if not text:
        return None if ink < _BLANK_INK else Trouble.NO_WORDS
    if foreign:
        return Trouble.NO_LANGUAGE
    poor = sum(word.confidence < _POOR for word in reading.words)
    return Trouble.UNSURE if reading.confidence < _SURE or poor > _MOST_POOR * len(reading.words) else None
