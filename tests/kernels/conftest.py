"""Says in the header of every run which device the OpenCL tests really used."""

from __future__ import annotations


def pytest_report_header() -> list[str]:
    from kernels.backends.opencl import list_devices
    from kernels.compiled import native

    devices = [f"{d.name} ({d.platform.name})" for d in list_devices()]
    return [
        f"kernels: cpu backend on {native.isa()}; OpenCL kernels run on: "
        + (", ".join(devices) or "nothing, no driver is installed")
    ]
