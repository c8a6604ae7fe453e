"""What a person reads when a model is slow, and what the offer does."""

from desktop.core.generation import KvType, LoadOptions
from desktop.core.pace import FasterSetting, Remedy
from desktop.core.settings import Settings
from desktop.ui.models.slow_notice import slow_notice


def take(notice) -> None:
    assert notice.act is not None
    notice.act()


def test_a_smaller_precision_is_offered_with_figures(services) -> None:
    faster = FasterSetting(
        "Qwen3 8B", Remedy.PRECISION, 1.84, 0.0, 3.13, "/m/q4.gguf", "Qwen3 8B", "Q4_K_M", 5_000_000_000
    )
    notice = slow_notice(faster, services.models, services.settings)
    assert notice.text == (
        "Qwen3 8B writes 1.8 tokens a second on this computer. Its Q4_K_M file (5.0 GB) would write about 3.1."
    )
    assert (notice.action, notice.seconds) == ("Use Q4_K_M", 0)
    take(notice)
    assert services.models.asked == [("choose", "/m/q4.gguf")]


def test_a_smaller_model_is_offered_with_figures(services) -> None:
    faster = FasterSetting("Qwen3 8B", Remedy.MODEL, 1.0, 0.0, 4.2, "/m/4b.gguf", "Qwen3 4B", "Q4_K_M", 2_500_000_000)
    notice = slow_notice(faster, services.models, services.settings)
    assert notice.text.endswith("Qwen3 4B (2.5 GB) would write about 4.2.")
    assert notice.action == "Use Qwen3 4B"


def test_a_shorter_context_is_offered_and_leaves_the_other_choices(services) -> None:
    services.settings.current = Settings(load=LoadOptions(16384, KvType.Q8_0, 3))
    faster = FasterSetting("Qwen3 8B", Remedy.CONTEXT, wait=94, expected=23.4, context=4096)
    notice = slow_notice(faster, services.models, services.settings)
    assert notice.text == (
        "Qwen3 8B read for 1.6 minutes before it answered. With a context of 4K tokens it would take about "
        "23 seconds; old messages are then left out sooner."
    )
    assert notice.action == "Use 4K tokens"
    take(notice)
    assert services.settings.current.load == LoadOptions(4096, KvType.Q8_0, 3)
    assert services.models.asked == []


def test_a_model_that_reads_faster_is_offered_with_its_time(services) -> None:
    faster = FasterSetting("Qwen3 8B", Remedy.MODEL, 0.0, 45, 22, "/m/4b.gguf", "Qwen3 4B", "Q4_K_M", 2_500_000_000)
    notice = slow_notice(faster, services.models, services.settings)
    assert (
        notice.text == "Qwen3 8B read for 45 seconds before it answered. Qwen3 4B (2.5 GB) would need about 22 seconds."
    )
