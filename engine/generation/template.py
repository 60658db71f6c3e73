"""Chat templates: the Jinja source in the model file, rendered in a sandbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NoReturn

from engine.errors import ModelUnsupported


def render(template: str, messages: Sequence[Mapping[str, str]], *, bos: str, name: str) -> str:
    """Render a chat template up to the point where the assistant speaks.

    Args:
        template: Jinja source out of the model file; untrusted, hence the sandbox.
        messages: ``role`` and ``content`` each.
        bos: Spelling of the token that starts a prompt; empty if there is none.
        name: Model name for the error.

    Raises:
        ModelUnsupported: The template refuses these messages or is not valid.
    """
    from jinja2 import TemplateError

    try:
        rendered: str = _compile(template).render(
            messages=_without_system(template, messages),
            add_generation_prompt=True,
            bos_token=bos,
            eos_token="",
            strftime_now=lambda form: datetime.now().astimezone().strftime(form),
        )
        return rendered
    except (TemplateError, TypeError, ValueError) as error:
        detail = f"its chat template cannot be rendered ({error})"
        raise ModelUnsupported(name=name, detail=detail) from error


def _without_system(template: str, messages: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Put the system message before the question where a template knows no such role."""
    plain = [dict(item) for item in messages]
    known = "system" in template and "System role not supported" not in template
    if known or not plain or plain[0]["role"] != "system":
        return plain
    system, *rest = plain
    if not rest:
        return [{"role": "user", "content": system["content"]}]
    rest[0]["content"] = f"{system['content']}\n\n{rest[0]['content']}"
    return rest


@lru_cache(maxsize=4)
def _compile(template: str) -> Any:
    from jinja2 import TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def refuse(message: str) -> NoReturn:
        raise TemplateError(message)

    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
    )
    environment.globals["raise_exception"] = refuse
    return environment.from_string(template)
