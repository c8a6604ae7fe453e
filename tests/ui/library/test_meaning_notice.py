"""The advice on documents that the embedding model does not understand."""

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.core.library import EmbeddingModel, SourceState
from desktop.core.library_events import EmbeddersListed, IndexingProgress, SourcesListed
from desktop.ui.library.meaning_notice import MeaningNotice
from tests.ui.library.conftest import LEASES, Page, source

ENGLISH = EmbeddingModel(Path("/m/minilm"), "k1", "MiniLM", 384, ("en",))
MANY = EmbeddingModel(Path("/m/bge-m3.gguf"), "k2", "bge-m3", 1024)
GERMAN, FRENCH = source(1, "Vertrag.pdf", language="de"), source(2, "Bail.pdf", language="fr")
OTHERS = (
    source(3, "Lease.pdf", language="en"),
    source(4, "Scan.pdf"),
    source(5, "Neu.pdf", language="de", state=SourceState.WAITING),
)


@pytest.fixture
def foreign(page: Page) -> Page:
    page.apply(EmbeddersListed((ENGLISH,), ENGLISH, ENGLISH))
    page.apply(SourcesListed(LEASES.id, (GERMAN, FRENCH, *OTHERS)))
    return page


def test_documents_that_are_read_in_another_language_are_counted(foreign: Page) -> None:
    assert foreign.notice.isVisible()
    assert foreign.notice.words.text() == (
        "2 documents are not in English: they are found by their words only. A multilingual embedding model (such as "
        "multilingual-e5-small or bge-m3, both MIT, as GGUF) finds them by meaning too."
    )


def test_one_document_is_told_as_one(foreign: Page) -> None:
    foreign.apply(SourcesListed(LEASES.id, (GERMAN,)))
    assert foreign.notice.words.text().startswith("1 document is not in English: it is found by its words only.")


def test_nothing_is_said_where_the_model_knows_every_language(foreign: Page) -> None:
    foreign.apply(EmbeddersListed((ENGLISH, MANY), MANY, MANY))
    assert not foreign.notice.isVisible()


def test_nothing_is_said_where_all_is_in_english(foreign: Page) -> None:
    foreign.apply(SourcesListed(LEASES.id, OTHERS))
    assert not foreign.notice.isVisible()


def test_what_was_closed_stays_away(foreign: Page, services: Any) -> None:
    foreign.notice.close_button.click()
    assert services.embedders.asked[-1][0] == "hush"
    foreign.apply(EmbeddersListed((ENGLISH,), ENGLISH, ENGLISH, noticed=True))
    foreign.apply(SourcesListed(LEASES.id, (GERMAN,)))
    assert not foreign.notice.isVisible()


def test_in_a_low_window_the_advice_waits_until_all_is_read(foreign: Page) -> None:
    foreign.apply(IndexingProgress(1, 5))
    assert foreign.notice.isVisible()
    foreign.resize(1000, 480)
    assert not foreign.notice.isVisible()
    foreign.apply(IndexingProgress())
    assert foreign.notice.isVisible()


def test_the_file_that_the_person_chooses_is_added(qtbot: QtBot, services: Any) -> None:
    notice = MeaningNotice(services.embedders, lambda: (GERMAN,), lambda _: "/elsewhere/bge-m3.gguf")
    qtbot.addWidget(notice)
    notice.add_button.click()
    assert services.embedders.asked == [("add", "/elsewhere/bge-m3.gguf")]
