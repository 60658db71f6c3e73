"""One module per backend; each offers a class with the interface of :class:`kernels.registry.Backend`."""
