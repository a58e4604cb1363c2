"""The processor time that a program uses: it is the same whatever else the machine has to do meanwhile."""

import time


def processor_seconds(pid):
    """Seconds that all threads of the program have run so far, those that ended among them, by its own clock (clock_getcpuclockid(3))."""
    return time.clock_gettime(~pid << 3 | 2)
