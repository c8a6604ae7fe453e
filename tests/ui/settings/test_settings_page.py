"""The page of settings, over settings in memory that announce as the service does."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

import desktop
from desktop.core.events import Event, MachineMeasured, ModelReady, ModelsListed, SettingsChanged, VaultChanged
from desktop.core.generation import KvType, Loaded, LoadOptions
from desktop.core.models import ModelFile
from desktop.core.paths import Profile
from desktop.core.settings import AnswerOptions, ReadingSpeed, SendKey, Settings, ThemeChoice
from desktop.ui.notices import Notice
from desktop.ui.settings.answers import AnswersGroup
from desktop.ui.settings.finding import Words
from desktop.ui.settings.licences import LICENCES
from desktop.ui.settings.memory import MemoryGroup
from desktop.ui.settings.page import GroupName, SettingsPage, titles
from desktop.ui.settings.row import Row, SettingRow
from desktop.ui.theme import apply_theme, theme_for

ROOT = Path(__file__).resolve().parents[3]
SMALL = ModelFile(Path("/m/small.gguf"), 98_000_000, "SmolLM2 135M", "llama", "Q4_1", 8192)
GEMMA = ModelFile(Path("/m/gemma.gguf"), 5_000_000_000, "Gemma 4", "gemma4", "Q4_0", 131072)


@dataclass
class Desk:
    """Settings, models and notices in one place."""

    current: Settings = field(default_factory=Settings)
    asked: list[str] = field(default_factory=list)
    told: list[Notice] = field(default_factory=list)
    listen: Callable[[Event], None] = lambda _: None

    def change(self, **fields: Any) -> None:
        before, self.current = self.current, replace(self.current, **fields)
        if self.current != before:
            self.listen(SettingsChanged(self.current))

    def measure(self) -> None:
        self.asked.append("measure")

    def list(self) -> None:
        self.asked.append("list")

    def add(self, folder: str) -> None:
        self.asked.append(folder)

    def tell(self, notice: Notice) -> None:
        self.told.append(notice)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def page(qapp: QApplication, desk: Desk, tmp_path: Path) -> Iterator[SettingsPage]:
    made = SettingsPage(desk, desk, desk, desk, Profile(tmp_path / "kept here"), desk.tell)
    desk.listen = made.apply
    made.resize(900, 800)
    made.show()
    made.apply(ModelsListed((SMALL, GEMMA), SMALL))
    yield made
    desk.listen = lambda _: None
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # later tests would style it again and again


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def all_rows(page: SettingsPage) -> list[Row]:
    return [row for group in page.groups.values() for row in group.rows]


def row(page: SettingsPage, name: str) -> Any:
    return next(one for one in all_rows(page) if one.words.name == name)


def names(page: SettingsPage) -> list[str]:
    return [one.words.name for one in all_rows(page) if one.isVisible()]


def answers(page: SettingsPage) -> AnswersGroup:
    group = page.groups[GroupName.ANSWERS]
    assert isinstance(group, AnswersGroup)
    return group


def test_each_row_says_its_name_its_sentence_and_its_default(page: SettingsPage) -> None:
    assert row(page, "Colours").sentence.text() == "Dark letters on light, or light ones on dark. Default: System."
    for one in all_rows(page):
        assert one.words.name
        assert one.sentence.text().endswith(".")
        if isinstance(one, SettingRow) and one.words.name != "Model":
            assert "Default: " in one.sentence.text() or "Recommended: " in one.sentence.text()


def test_a_choice_holds_at_once_and_the_arrow_takes_it_back(qtbot: QtBot, page: SettingsPage, desk: Desk) -> None:
    colours = row(page, "Colours")
    assert not colours.reset.isVisible()
    qtbot.keyClicks(colours.field, "Dark")
    assert desk.current.theme is ThemeChoice.DARK
    assert colours.reset.isVisible()
    colours.reset.click()
    assert desk.current == Settings()
    assert not colours.reset.isVisible()
    assert colours.field.currentText() == "System"


def test_text_can_be_made_twice_as_large_and_a_fifth_smaller(page: SettingsPage, desk: Desk) -> None:
    field = row(page, "Text size").field
    assert [field.itemText(one) for one in range(field.count())] == [f"{size}%" for size in range(80, 201, 10)]
    field.setCurrentText("150%")
    assert desk.current.text_size == 150


def test_key_that_sends_is_chosen(page: SettingsPage, desk: Desk) -> None:
    row(page, "Key that sends").field.setCurrentIndex(1)
    assert desk.current.send_key is SendKey.CONTROL_ENTER


def test_speed_of_the_voice_is_chosen(page: SettingsPage, desk: Desk) -> None:
    row(page, "Reading speed").field.setCurrentText("Fast")
    assert desk.current.reading_speed is ReadingSpeed.FAST


def test_what_is_changed_elsewhere_shows_up(page: SettingsPage) -> None:
    page.apply(SettingsChanged(Settings(theme=ThemeChoice.LIGHT, load=LoadOptions(kv_type=KvType.Q4_0))))
    assert row(page, "Colours").field.currentText() == "Light"
    assert row(page, "KV cache").reset.isVisible()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dyslexia", ["Typeface"]),
        ("PASSWORD", ["Your conversations"]),
        ("creativity", ["Temperature"]),
        ("same answer again", ["Seed"]),
        ("licence", ["Inglenook 0.1.0", "The work of others"]),
        ("writing", ["Key that sends"]),
        ("zebra", []),
    ],
)
def test_search_finds_by_name_sentence_and_other_words(page: SettingsPage, query: str, found: list[str]) -> None:
    page.search.setText(query)
    assert names(page) == [name.replace("0.1.0", desktop.__version__) for name in found]
    assert page.nothing.isVisible() == (not found)
    assert [group.isVisible() for group in page.groups.values()].count(True) == min(len(found), 1)


def test_accents_and_capitals_do_not_matter() -> None:
    assert Words("Größe", "").match("GROSSE") is True
    assert Words("Größe", "").match("große")
    assert not Words("Colours", "").match("colours zebra")


def test_escape_empties_the_search_and_then_belongs_to_the_window(qtbot: QtBot, page: SettingsPage) -> None:
    page.search.setText("seed")
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    assert "Colours" in names(page)


def test_nothing_is_offered_for_a_model_that_is_not_there(page: SettingsPage) -> None:
    assert "No model yet" not in names(page)
    page.apply(ModelsListed((), None))
    assert "No model yet" in names(page)
    assert "Temperature" not in names(page)


def test_a_model_answers_as_recommended_until_something_else_is_chosen(page: SettingsPage, desk: Desk) -> None:
    temperature, seed = row(page, "Temperature"), row(page, "Seed")
    assert temperature.field.value() == 0.2
    assert temperature.sentence.text().endswith("Recommended: 0.20.")
    temperature.field.setValue(0.7)
    seed.field.setValue(7)
    assert desk.current.answers == {SMALL.key: AnswerOptions(temperature=0.7, seed=7)}
    assert temperature.reset.isVisible()
    temperature.reset.click()
    assert desk.current.answers == {SMALL.key: AnswerOptions(seed=7)}
    seed.field.setValue(-1)
    assert desk.current.answers == {}


def test_each_model_has_values_of_its_own(page: SettingsPage, desk: Desk) -> None:
    row(page, "Top-k").field.setValue(5)
    row(page, "Model").field.setCurrentIndex(1)
    assert row(page, "Top-k").field.value() == 64
    row(page, "Longest answer").field.setValue(1024)
    assert desk.current.answers == {SMALL.key: AnswerOptions(top_k=5), GEMMA.key: AnswerOptions(max_tokens=1024)}
    page.apply(ModelsListed((SMALL, GEMMA), SMALL))
    assert row(page, "Model").field.currentText() == "Gemma 4 · Q4_0"
    answers(page).recommended.click()
    assert desk.current.answers == {SMALL.key: AnswerOptions(top_k=5)}
    assert not answers(page).recommended.isEnabled()


def test_a_model_that_went_away_gives_way_to_the_one_in_use(page: SettingsPage) -> None:
    row(page, "Model").field.setCurrentIndex(1)
    page.apply(ModelsListed((SMALL,), SMALL))
    assert row(page, "Model").field.currentText() == "SmolLM2 135M · Q4_1"
    assert row(page, "Temperature").field.value() == 0.2


def test_loading_is_chosen_with_what_it_costs(page: SettingsPage, desk: Desk) -> None:
    group = page.groups[GroupName.MEMORY]
    assert isinstance(group, MemoryGroup)
    row(page, "Context length").field.setCurrentText("8K tokens")
    row(page, "KV cache").field.setCurrentIndex(1)
    row(page, "Processor threads").field.setValue(3)
    row(page, "Layers on the GPU").field.setValue(0)
    assert desk.current.load == LoadOptions(8192, KvType.Q8_0, 3, 0)
    assert "memory" in row(page, "Context length").sentence.text()


def test_what_automatic_came_to_is_told_once_a_model_is_loaded(page: SettingsPage) -> None:
    assert "In memory now" not in names(page)
    page.apply(ModelReady("SmolLM2 135M", Loaded(8192, 8192, 3, 0, 0.5)))
    assert "In memory now" in names(page)
    assert row(page, "In memory now").sentence.text() == (
        "SmolLM2 135M: 8K tokens of context, 3 threads, 0 layers on the GPU."
    )


def test_protection_is_told_and_leads_to_its_page(qtbot: QtBot, page: SettingsPage) -> None:
    page.apply(VaultChanged(False, ("passphrase", "keyring", "recovery")))
    told = row(page, "Your conversations").sentence.text()
    assert told.endswith("What opens them: your passphrase, this computer's keyring and a recovery code.")
    page.apply(VaultChanged(False, ("file",)))
    assert row(page, "Your conversations").sentence.text().endswith("a file that only your account can read.")
    with qtbot.waitSignal(page.vault_asked):
        next(one for one in page.findChildren(QAbstractButton) if one.text() == "Change…").click()
    assert "no connection to the internet" in row(page, "Nothing leaves this computer").sentence.text()


def test_about_tells_version_folder_and_machine(page: SettingsPage, desk: Desk, tmp_path: Path) -> None:
    assert desk.asked == ["list", "list", "list", "measure"]
    assert desktop.__version__ in " ".join(names(page))
    page.apply(MachineMeasured(2, 4, 16_700_000_000, 9_100_000_000))
    assert (
        row(page, "This computer")
        .sentence.text()
        .startswith("2 processor cores (4 threads), 16.7 GB of memory, 9.1 GB of it free.")
    )
    copy = row(page, "Where things are kept").findChild(QAbstractButton)
    copy.click()
    assert QApplication.clipboard().text() == str(tmp_path / "kept here")
    assert copy.text() == "Copied"


def test_the_work_of_others_is_shown_on_demand(page: SettingsPage) -> None:
    parts = row(page, "The work of others")
    shown = [one for one in parts.findChildren(QLabel) if "llama.cpp" in one.text()]
    assert not any(one.isVisible() for one in shown)
    parts.findChild(QAbstractButton).click()
    assert all(one.isVisible() for one in shown)
    assert parts.findChild(QAbstractButton).text() == "Hide"


def test_every_requirement_is_named_among_the_work_of_others() -> None:
    named = {part.split(" ")[0].casefold() for parts in LICENCES.values() for part in parts}
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    builders = {"editables", "hatchling", "packaging", "pathspec", "tomlkit", "trove-classifiers"}
    locked = {
        line.split("==")[0]
        for line in (ROOT / "packaging" / "locks" / "runtime.txt").read_text("utf-8").splitlines()
        if "==" in line and not line.startswith((" ", "#"))
    }
    asked = {one.split(";")[0].strip(" ").split("=")[0].split(">")[0].split("<")[0].casefold() for one in wanted}
    assert not (asked | locked) - builders - named


def test_all_settings_are_reset_and_the_notice_takes_it_back(page: SettingsPage, desk: Desk) -> None:
    assert not page.reset_button.isEnabled()
    changed = replace(
        Settings(model="/m/small.gguf", sidebar_width=300),
        theme=ThemeChoice.DARK,
        text_size=150,
        load=LoadOptions(threads=2),
        answers={SMALL.key: AnswerOptions(seed=1)},
    )
    desk.change(**{name: getattr(changed, name) for name in Settings.__slots__})
    page.reset_button.click()
    assert desk.current == Settings(model="/m/small.gguf", sidebar_width=300)
    assert not page.reset_button.isEnabled()
    (notice,) = desk.told
    assert notice.action == "Undo"
    assert notice.act is not None
    notice.act()
    assert desk.current == changed
    assert row(page, "Text size").field.currentText() == "150%"


def test_a_group_is_brought_into_sight(qtbot: QtBot, page: SettingsPage) -> None:
    page.search.setText("zebra")
    page.show_group(GroupName.PROTECTION)
    heading = next(one for one in page.findChildren(QLabel) if one.text() == titles()[GroupName.PROTECTION])
    qtbot.waitUntil(lambda: not heading.visibleRegion().isEmpty())


def test_closing_leads_back(qtbot: QtBot, page: SettingsPage) -> None:
    with qtbot.waitSignal(page.left):
        page.close_button.click()


def test_every_control_has_a_name_and_can_be_reached_by_keyboard(page: SettingsPage) -> None:
    for one in page.findChildren(QWidget):
        inner = isinstance(one, QLineEdit) and isinstance(one.parentWidget(), QComboBox | QSpinBox)
        if isinstance(one, QAbstractButton | QComboBox | QSpinBox) and one.focusPolicy() and not inner:
            assert one.accessibleName(), one
            assert one.focusPolicy() & Qt.FocusPolicy.TabFocus
    for one in all_rows(page):
        if isinstance(one, SettingRow):
            assert one.field.accessibleName() == one.words.name
            assert one.field.accessibleDescription()


@pytest.mark.parametrize("size", [100, 200])
def test_the_page_fits_a_narrow_window(
    qtbot: QtBot, qapp: QApplication, page: SettingsPage, mirrored: None, size: int
) -> None:
    apply_theme(qapp, theme_for(Settings(text_size=size), is_dark=False))
    page.resize(480, 700)
    cards = [one for one in all_rows(page) if one.isVisible()]
    qtbot.waitUntil(lambda: all(one.width() < 480 for one in cards))
    for one in cards:
        assert one.mapTo(page, one.rect().topLeft()).x() >= 0
        assert one.mapTo(page, one.rect().topRight()).x() <= 480
