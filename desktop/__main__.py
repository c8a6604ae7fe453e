"""Which role am I: the app with its window, or the command line? The model process is started by the app."""

import gc
import sys

COMMANDS = ("ask", "search", "import", "export", "transcribe", "doctor")


def main(arguments: list[str] | None = None) -> int:
    """Start the role that the arguments ask for; returns the exit code.

    Why the imports stand inside: a command line must not load Qt, and a model process, which starts by
    importing this module, must load neither.
    """
    if getattr(sys, "frozen", False):
        import multiprocessing  # noqa: PLC0415 - a child of the frozen app begins its life here

        multiprocessing.freeze_support()
    gc.disable()  # until the window stands; a start makes much and throws little away
    words = sys.argv[1:] if arguments is None else arguments
    from desktop import app  # noqa: PLC0415

    app.guard_environment()
    if words[:1] and (words[0] in COMMANDS or words[0] in ("-h", "--help", "--version")):
        from desktop.cli.main import run  # noqa: PLC0415

        gc.enable()
        return run(words, app.prepare, app.build)
    from desktop.ui.shell.start import run_window  # noqa: PLC0415

    return run_window(words, app.prepare, app.build)


if __name__ == "__main__":
    sys.exit(main())
