"""Inglenook: private, local chat with language models.

Commands go down, events come up, and nothing else crosses a floor.

    __main__     which role am I: the app or the command line?
    app          builds every object once, wires it once
    ui | cli     PySide6: draws, listens, asks | the same services, without a window
    ------------ no Qt below this line
    services     one verb per method: send, stop, open, unlock
    store | engine | reader | speaker    the encrypted database and its key | the model | foreign files | the system's
                 voice, each of the last three in its own process
    media | sealed    pure functions on pictures, video, sound | one encrypted file format, and all cryptography
    core         values, events, errors, ports, settings
"""

__version__ = "0.1.0"
