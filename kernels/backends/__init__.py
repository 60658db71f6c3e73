"""One module per backend; each has a class like :class:`kernels.registry.Backend`."""
