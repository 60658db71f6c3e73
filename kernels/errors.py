"""What a kernel call can fail with. Every one says what was asked for and what to do.

``KernelError`` is the base. The engine turns these into its own typed errors at its edge.
"""

from __future__ import annotations


class KernelError(Exception):
    """Base of every expected failure of this package."""


class BadProblem(KernelError, ValueError):
    """Shapes, strides or numbers do not describe an attention call."""


class BadType(KernelError, TypeError):
    """An array has a dtype that the kernels do not read."""


class NonFinite(KernelError, ValueError):
    """NaN or infinity reached the result; nothing usable was computed."""


class Unsupported(KernelError):
    """Well-formed, but this backend does not do it; see :func:`kernels.support.matrix`."""


class BackendUnavailable(KernelError):
    """The backend that was asked for cannot run here (no driver, no device, failed self-test)."""


class DeviceLost(BackendUnavailable):
    """The device stopped answering in the middle of a call; the result was discarded."""


class DeviceOutOfMemory(KernelError, MemoryError):
    """The device (or the machine) has no room for the arrays of this call."""
