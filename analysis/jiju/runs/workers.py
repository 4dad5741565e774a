"""Processes that work for a command: none outlives it, and signals are its own to answer."""

from __future__ import annotations

import os
import signal

# apps/interruption.hpp; SIGQUIT stays the wish for a core dump.
POLITE_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGXCPU, signal.SIGUSR1, signal.SIGUSR2)


def end_with_parent() -> None:
    """For the workers of a pool: the signal that ends the command is its parent's to handle, and no worker outlives it,
    however it ends (prctl(2), PR_SET_PDEATHSIG)."""
    import ctypes

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in POLITE_SIGNALS[1:]:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    parent = os.getppid()
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before that
        os.kill(os.getpid(), signal.SIGKILL)
