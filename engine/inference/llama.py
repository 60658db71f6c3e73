"""The one module of the engine that imports llama.cpp: its low-level API, wrapped thinly.

Everything here owns exactly one C object and frees it in ``close``. Nothing here knows of
prompts, passages or answers. Not thread-safe: one context serves one caller at a time.
"""

from __future__ import annotations

import ctypes
import logging
import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.cancel import CancelToken
from engine.errors import Cancelled, ModelDamaged, ModelTooLarge, ModelUnsupported
from kernels.hook import AttentionHook

LOGGER = logging.getLogger("engine.llama")
LOGGER.addHandler(logging.NullHandler())  # silent unless the program configures logging

_LEVELS = {1: logging.DEBUG, 2: logging.DEBUG, 3: logging.WARNING, 4: logging.ERROR}
_ERROR = 4
_recent_errors: deque[str] = deque(maxlen=8)
_kept_alive: list[Any] = []  # C holds pointers to these for as long as the process lives

ABORTED = 2
"""What ``llama_decode`` returns when the abort callback said stop."""


@cache
def library() -> Any:
    """Import llama.cpp once, start its backend and send its log to Python's logging.

    How its OpenMP threads wait was set when this module imported the kernels
    (:mod:`kernels.compiled` says why): it counts only before the library loads.
    """
    import llama_cpp

    callback = llama_cpp.llama_log_callback(_log)
    llama_cpp.llama_log_set(callback, ctypes.c_void_p())
    _kept_alive.append(callback)
    llama_cpp.llama_backend_init()
    return llama_cpp


def recent_errors() -> str:
    """Return what llama.cpp complained about last."""
    return "; ".join(_recent_errors)


def clear_errors() -> None:
    """Forget them, before a call whose errors matter."""
    _recent_errors.clear()


def _log(level: int, text: bytes, _user_data: object) -> None:
    line = text.decode("utf-8", "replace").rstrip()
    if level == _ERROR and line:
        _recent_errors.append(line)
    if line:
        LOGGER.log(_LEVELS.get(level, logging.DEBUG), "%s", line)


def version() -> str:
    """Return the version of the llama.cpp bindings, e.g. ``0.3.36``."""
    return str(library().__version__)


def system_info() -> str:
    """Return what llama.cpp was built for and found: SIMD levels, GPU backends."""
    return str(library().llama_print_system_info().decode())


@cache
def device() -> str:
    """Return where graphs are computed: ``GPU``, or ``CPU`` with the SIMD levels in use."""
    if library().llama_supports_gpu_offload():
        return "GPU"
    flags = re.findall(r"(\w+) = 1", system_info())
    simd = [flag for flag in flags if flag.startswith(("AVX", "NEON", "SVE", "VSX"))]
    return f"CPU ({', '.join(simd)})" if simd else "CPU"


def _address(function: Any) -> int:
    return ctypes.cast(function, ctypes.c_void_p).value or 0


def _flag_reader() -> Any:
    """Return a C function that llama.cpp can use as ``bool abort(void *flag)``.

    It runs once per graph node in a compute thread. A Python callback would take the
    interpreter lock there, hundreds of times per token, and stall whenever another
    thread is busy in Python. ``strlen`` needs no lock: over a flag of two bytes it is 0
    while the first byte is 0 and 1 afterwards, which is the ``bool`` that is asked for.
    """
    c_library = ctypes.CDLL("msvcrt") if hasattr(ctypes, "WinDLL") else ctypes.CDLL(None)
    callback_type = library().ggml_abort_callback
    return callback_type(_address(c_library.strlen))


@dataclass(frozen=True)
class ContextParameters:
    """How a context is created; the one place where all of it is decided.

    Attributes:
        n_ctx: Tokens of prompt and answer together.
        n_batch: Prompt tokens per call; bounds how long a cancel has to wait.
        n_threads: Threads, for one token at a time.
        hook: Our attention in this context; must outlive it. None leaves llama.cpp alone.
        n_threads_batch: Threads for reading; 0: as many.
    """

    n_ctx: int
    n_batch: int
    n_threads: int
    hook: AttentionHook | None = None
    n_threads_batch: int = 0


class LlamaModel:
    """The weights and the vocabulary of one GGUF file.

    Args:
        path: The file.
        name: Name for error messages.

    Raises:
        ModelUnsupported: llama.cpp does not know the architecture.
        ModelDamaged: It cannot be loaded for another reason.
    """

    def __init__(self, path: Path, name: str) -> None:
        self._lib = library()
        self.name = name
        clear_errors()
        parameters = self._lib.llama_model_default_params()
        self.pointer: Any = self._lib.llama_model_load_from_file(str(path).encode(), parameters)
        if not self.pointer:
            detail = recent_errors()
            if "unknown model architecture" in detail:
                raise ModelUnsupported(name=name, detail="its architecture is not known here")
            raise ModelDamaged(path=str(path), detail=detail or "llama.cpp cannot load it")
        self.vocabulary = self._lib.llama_model_get_vocab(self.pointer)
        self.n_vocabulary = int(self._lib.llama_vocab_n_tokens(self.vocabulary))
        self.n_ctx_train = int(self._lib.llama_model_n_ctx_train(self.pointer))
        self.n_layers = int(self._lib.llama_model_n_layer(self.pointer))
        self.n_heads = int(self._lib.llama_model_n_head(self.pointer))

    def close(self) -> None:
        """Free the model. Contexts made from it must be closed first."""
        if self.pointer:
            self._lib.llama_model_free(self.pointer)
            self.pointer = None

    @property
    def n_parameters(self) -> int:
        """Weights of the model."""
        return int(self._lib.llama_model_n_params(self.pointer))

    @property
    def n_kv_bytes_per_token(self) -> int:
        """Bytes of key and value cache per token, at two bytes a value (upper bound)."""
        lib = self._lib
        n_heads = lib.llama_model_n_head(self.pointer) or 1
        head = lib.llama_model_n_embd(self.pointer) // n_heads
        # Models may state a head size that is not embedding / heads.
        head = max(head, int(self.metadata_suffix(".attention.key_length") or 0))
        n_kv = lib.llama_model_n_head_kv(self.pointer) or n_heads
        return int(2 * 2 * lib.llama_model_n_layer(self.pointer) * n_kv * head)

    def metadata(self, key: str) -> str | None:
        """Return one metadata value as text; None if the file does not have it."""
        size = self._lib.llama_model_meta_val_str(self.pointer, key.encode(), None, 0)
        if size < 0:
            return None
        buffer = ctypes.create_string_buffer(size + 1)
        self._lib.llama_model_meta_val_str(self.pointer, key.encode(), buffer, size + 1)
        return buffer.value.decode("utf-8", "replace")

    def metadata_suffix(self, suffix: str) -> str | None:
        """Return the value of ``<architecture><suffix>``."""
        return self.metadata(f"{self.metadata('general.architecture')}{suffix}")

    @property
    def chat_template(self) -> str | None:
        """The model's own chat template (Jinja source); None if it has none."""
        found = self._lib.llama_model_chat_template(self.pointer, None)
        return found.decode("utf-8", "replace") if found else None

    def tokenise(self, text: str, *, special: bool) -> list[int]:
        """Return the tokens of ``text``; nothing is added at either end.

        Args:
            text: Any text.
            special: True reads ``<|im_start|>`` and its like as control tokens: only for
                text that comes out of the chat template.
        """
        raw = text.encode("utf-8", "replace")
        size = len(raw) + 8
        for _ in range(2):
            tokens = (self._lib.llama_token * size)()
            n = self._lib.llama_tokenize(
                self.vocabulary, raw, len(raw), tokens, size, False, special
            )
            if n >= 0:
                return list(tokens[:n])
            size = -n
        raise AssertionError("llama_tokenize asked for more space twice")

    def piece(self, token: int) -> bytes:
        """Return the bytes of one token; control tokens give none."""
        size = 64
        while True:
            buffer = ctypes.create_string_buffer(size)
            n = self._lib.llama_token_to_piece(self.vocabulary, token, buffer, size, 0, False)
            if n >= 0:
                return buffer.raw[:n]
            size = -n

    def token_text(self, token: int) -> str:
        """Return a token as the vocabulary spells it (``<|im_end|>``)."""
        found = self._lib.llama_vocab_get_text(self.vocabulary, token)
        return found.decode("utf-8", "replace") if found else ""

    def control_texts(self) -> tuple[str, ...]:
        """Return the spellings of all control tokens, longest first."""
        control = self._lib.LLAMA_TOKEN_ATTR_CONTROL
        attribute = self._lib.llama_vocab_get_attr
        found = {
            self.token_text(token)
            for token in range(self.n_vocabulary)
            if attribute(self.vocabulary, token) & control
        }
        return tuple(sorted(found - {""}, key=lambda text: (-len(text), text)))

    def ends_generation(self, token: int) -> bool:
        """Tell whether a token means that the answer is complete."""
        return bool(self._lib.llama_vocab_is_eog(self.vocabulary, token))

    @property
    def bos(self) -> int | None:
        """The token that must start a prompt; None if this model wants none."""
        if not self._lib.llama_vocab_get_add_bos(self.vocabulary):
            return None
        token = int(self._lib.llama_vocab_bos(self.vocabulary))
        return token if token >= 0 else None


class LlamaContext:
    """The key and value cache of one sequence, and the computation.

    Args:
        model: Must stay open for as long as the context.
        parameters: See :class:`ContextParameters`.

    Raises:
        ModelTooLarge: The cache cannot be allocated.
    """

    def __init__(self, model: LlamaModel, parameters: ContextParameters) -> None:
        self._lib = library()
        self._model = model
        self.parameters = parameters
        self._flag: Any = None
        wanted = self._lib.llama_context_default_params()
        wanted.n_ctx = parameters.n_ctx
        wanted.n_batch = wanted.n_ubatch = parameters.n_batch
        wanted.n_threads = parameters.n_threads
        wanted.n_threads_batch = parameters.n_threads_batch or parameters.n_threads
        wanted.n_seq_max = 1
        self._hook = parameters.hook
        if self._hook is not None:
            wanted.cb_eval = self._lib.ggml_backend_sched_eval_callback(self._hook.callback)
            wanted.cb_eval_user_data = self._hook.address
        self._reader = _flag_reader()
        self.pointer: Any = self._lib.llama_init_from_model(model.pointer, wanted)
        if not self.pointer:
            needed = parameters.n_ctx * model.n_kv_bytes_per_token >> 20
            raise ModelTooLarge(name=model.name, needed_mib=needed, free_mib=0)
        self.n_ctx = int(self._lib.llama_n_ctx(self.pointer))
        self._memory = self._lib.llama_get_memory(self.pointer)
        self._batch = self._lib.llama_batch_init(parameters.n_batch, 0, 1)

    def close(self) -> None:
        """Free the context."""
        if self.pointer:
            self._lib.llama_batch_free(self._batch)
            self._lib.llama_free(self.pointer)
            self.pointer = None

    def use_threads(self, n_threads: int) -> None:
        """Compute with another number of threads, in whatever follows."""
        self._lib.llama_set_n_threads(self.pointer, n_threads, n_threads)

    def stop_on(self, cancel: CancelToken) -> None:
        """Make ``cancel`` interrupt a running :meth:`decode`, not only the next one."""
        self._flag = cancel.native_flag  # kept alive while C may read it
        address = ctypes.addressof(self._flag)
        self._lib.llama_set_abort_callback(self.pointer, self._reader, address)

    def decode(self, tokens: Sequence[int], position: int, *, all_logits: bool = False) -> None:
        """Compute a batch of tokens that stand from ``position`` on.

        Args:
            tokens: At most ``n_batch``.
            position: 0-based position of the first one.
            all_logits: Keep the logits of every token; otherwise of the last one.

        Raises:
            Cancelled: The token given to :meth:`stop_on` was set meanwhile; the cache
                holds nothing from ``position`` on.
            HookError: The hook cannot replace attention in this model; the cache holds
                nothing from ``position`` on.
        """
        batch = self._batch
        batch.n_tokens = len(tokens)
        for i, token in enumerate(tokens):
            batch.token[i] = token
            batch.pos[i] = position + i
            batch.n_seq_id[i] = 1
            batch.seq_id[i][0] = 0
            batch.logits[i] = all_logits or i == len(tokens) - 1
        status = self._lib.llama_decode(self.pointer, batch)
        if status == 0:
            self._check_hook(position)
            return
        if self._hook is not None:
            self._hook.restore()
        if status == ABORTED:
            self.forget_from(position)
            raise Cancelled
        raise RuntimeError(f"llama_decode returned {status}: {recent_errors()}")

    def _check_hook(self, position: int) -> None:
        if self._hook is None:
            return
        try:
            self._hook.check()
        except BaseException:
            self.forget_from(position)
            raise

    def use_lora(self, adapter: Any | None) -> None:
        """Add a LoRA to the weights from the next :meth:`decode` on.

        Args:
            adapter: ``LlamaLora.pointer``; None adds nothing.
        """
        pointers = [] if adapter is None else [adapter]
        n = len(pointers)
        array = (self._lib.llama_adapter_lora_p_ctypes * n)(*pointers)
        scales = (ctypes.c_float * n)(*(1.0 for _ in pointers))
        if self._lib.llama_set_adapters_lora(self.pointer, array, n, scales) != 0:
            raise RuntimeError(f"llama.cpp refused the adapter: {recent_errors()}")

    def forget_from(self, position: int) -> bool:
        """Drop the cache from ``position`` on; False if this model can only drop all of it."""
        return bool(self._lib.llama_memory_seq_rm(self._memory, 0, position, -1))

    def forget(self) -> None:
        """Empty the cache."""
        self._lib.llama_memory_clear(self._memory, True)

    def logits(self, row: int = -1) -> NDArray[np.float32]:
        """Return a copy of the logits of one token of the last batch, ``[n_vocabulary]``."""
        return self.logits_view(row).copy()

    def logits_view(self, row: int = -1) -> NDArray[np.float32]:
        """Return the logits where llama.cpp keeps them, until the next :meth:`decode`."""
        found = self._lib.llama_get_logits_ith(self.pointer, row)
        return np.ctypeslib.as_array(found, shape=(self._model.n_vocabulary,))
