"""Every setting, declared once: name, type, default, range, words. Stored in the catalogue.

To add one, add a field here and read it where it matters; ``docs/add-a-setting.md`` shows how.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from engine.errors import SettingUnknown
from engine.records import KernelChoice
from engine.settings.declaration import (
    AT_ONCE,
    EMBEDS_AGAIN,
    KEY,
    LOADS_MODEL,
    NEXT_START,
    Choice,
    Setting,
    setting,
)

DEFAULT_COLLECTION = "Documents"
"""Collection used when the user names none."""

INTERFACE_LANGUAGES = {"en": "English", "ja": "日本語"}
"""Languages of the window, each with its own name for itself."""

_AS_SYSTEM = Choice("", "As the system")


@dataclass(frozen=True)
class Settings:
    """What the user can change.

    Attributes:
        top_k: Passages retrieved for an answer.
        prompt_budget_tokens: Upper bound for the prompt; more evidence reads slower. 0 takes what
            the model reads here within seconds.
        max_answer_tokens: Upper bound for the generated answer.
        strict: Leave out generated sentences that no passage supports.
        read_ahead: Read likely passages while a question is being typed.
        temperature: Sampling temperature; 0 is greedy.
        chat_model: Name of the chat model; empty chooses the best one of the catalogue that is
            here and quick enough on this machine, else the embedded one, in its fastest layout.
        model_hub: Address of a mirror to fetch models from; empty for the hub itself.
        proxy: Address of a proxy for that; empty follows the environment.
        embedding_model: Name of the embedding model. Changing it embeds again.
        n_threads: Threads for the chat model; 0 takes those measured to be the fastest.
        kernel: Who computes attention; ``auto`` is the fastest that the model supports.
        interface_language: ``en``, ``ja`` or empty for the system's.
        theme: ``light``, ``dark`` or empty for the system's.
    """

    top_k: int = setting(
        6,
        "Passages per answer",
        "An answer is written from this many passages of your documents.",
        page="answers",
        minimum=1,
        maximum=20,
    )
    prompt_budget_tokens: int = setting(
        0,
        "Evidence the model reads",
        "More evidence helps with hard questions and takes longer to read.",
        page="answers",
        minimum=128,
        named=(Choice(0, "What this computer reads in seconds"),),
        maximum=32_768,
        offered=(512, 1024, 2048, 4096),
        unit="%n token(s)",
    )
    max_answer_tokens: int = setting(
        220,
        "Longest answer",
        "Longer answers take longer to write.",
        page="answers",
        minimum=16,
        maximum=4096,
        offered=(120, 220, 400, 800),
        unit="%n token(s)",
    )
    strict: bool = setting(
        False,
        "Leave out sentences that no passage supports",
        "Sentences without support are otherwise shown and marked.",
        page="answers",
    )
    read_ahead: bool = setting(
        True,
        "Read ahead while I type",
        "The answer begins sooner; the processor works while you type.",
        cost=AT_ONCE,
        page="answers",
    )
    temperature: float = setting(
        0.0,
        "Variety of wording",
        "At 0 the same question always gets the same words.",
        minimum=0.0,
        maximum=2.0,
    )
    chat_model: str = setting(
        "",
        "Chat model",
        "It writes the answers.",
        cost=LOADS_MODEL,
        page="models",
        named=(Choice("", "Automatic (what suits this computer)"),),
        model="chat",
    )
    model_hub: str = setting(
        "",
        "Model hub",
        "Where models are fetched from: a mirror's address instead of https://huggingface.co.",
        cost=AT_ONCE,
        page="models",
        named=(Choice("", "https://huggingface.co", translated=False),),
    )
    proxy: str = setting(
        "",
        "Proxy",
        "Way to the outside for fetching models: http://host:port.",
        cost=AT_ONCE,
        page="models",
        named=(Choice("", "As the system"),),
    )
    embedding_model: str = setting(
        "multilingual-e5-small",
        "Embedding model",
        "It finds passages by their meaning.",
        cost=EMBEDS_AGAIN,
        page="models",
        model="embedding",
    )
    n_threads: int = setting(
        0,
        "Processor threads",
        "Fewer leave more of the processor to other programs.",
        cost=NEXT_START,
        page="models",
        named=(Choice(0, "Automatic (fastest on this computer)"),),
        minimum=0,
        maximum=256,
    )
    kernel: KernelChoice = setting(
        "auto",
        "Attention computed by",
        "The other choices are for comparing them.",
        page="models",
        choices=(
            Choice("auto", "Automatic (fastest that fits the model)"),
            Choice("llama.cpp", "llama.cpp's own attention"),
            Choice("cpu", "Sabun's CPU kernel"),
            Choice("opencl", "Sabun's OpenCL kernel"),
        ),
    )
    interface_language: str = setting(
        "",
        "Language",
        "The language of this window; answers follow the language of the question.",
        cost=AT_ONCE,
        page="appearance",
        choices=(
            _AS_SYSTEM,
            *(Choice(code, name, translated=False) for code, name in INTERFACE_LANGUAGES.items()),
        ),
    )
    theme: str = setting(
        "",
        "Theme",
        "Light or dark colours.",
        cost=AT_ONCE,
        page="appearance",
        choices=(_AS_SYSTEM, Choice("light", "Light"), Choice("dark", "Dark")),
    )

    @classmethod
    def all(cls) -> tuple[Setting, ...]:
        """Return every setting in the order of its declaration."""
        defaults = vars(cls())
        return tuple(Setting(f.name, defaults[f.name], f.metadata[KEY]) for f in fields(cls))

    @classmethod
    def find(cls, name: str) -> Setting:
        """Return a setting by name; ``-`` may stand for ``_``.

        Raises:
            SettingUnknown: There is none of that name.
        """
        wanted = name.replace("-", "_")
        for each in cls.all():
            if each.name == wanted:
                return each
        raise SettingUnknown(name=name)
