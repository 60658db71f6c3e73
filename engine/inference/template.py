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

    forms = [[dict(item) for item in messages], _without_system(messages)]
    failure: Exception | None = None
    for form in forms:
        try:
            text: str = _compile(template).render(
                messages=form,
                add_generation_prompt=True,
                enable_thinking=False,  # models that think aloud first would take minutes here
                bos_token=bos,
                eos_token="",
                strftime_now=lambda layout: datetime.now().astimezone().strftime(layout),
            )
        except (TemplateError, TypeError, ValueError) as error:
            failure = error
            continue
        # Some templates know no system role and refuse it; others leave it out in silence.
        if all(item["content"].strip() in text for item in messages):
            return text
    detail = f"its chat template cannot be rendered ({failure or 'it leaves text out'})"
    raise ModelUnsupported(name=name, detail=detail) from failure


def _without_system(messages: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Put the system message in front of the question."""
    plain = [dict(item) for item in messages]
    if not plain or plain[0]["role"] != "system":
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
