"""Compiled attention kernels: one source text, several compilers.

``kernels.api`` has the calls, ``kernels.sparse`` the prefill forms, ``kernels.reference`` the
float64 definitions, ``kernels.registry`` the backends and ``kernels.choose`` the automatic choice
among them, ``kernels.hook`` attention inside llama.cpp; ``src/attention.h`` is the C interface.
This file imports nothing: whoever needs a module names it.
"""
