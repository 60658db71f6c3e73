from __future__ import annotations

import pytest

from engine.errors import ModelUnsupported
from engine.inference.template import render

MESSAGES = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Why?"}]


def test_the_source_decides_the_form():
    template = "{{ bos_token }}{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}"
    assert render(template, MESSAGES, bos="<s>", name="m") == "<s><system>Be brief.<user>Why?"


@pytest.mark.parametrize(
    "for_system",
    ["{{ raise_exception('System role not supported') }}", ""],
    ids=["refuses", "leaves out"],
)
def test_a_template_without_system_role_gets_it_before_the_question(for_system):
    template = (
        "{% for m in messages %}{% if m.role == 'system' %}"
        + for_system
        + "{% else %}<{{ m.role }}>{{ m.content }}{% endif %}{% endfor %}"
    )
    assert render(template, MESSAGES, bos="", name="m") == "<user>Be brief.\n\nWhy?"
    assert render(template, MESSAGES[:1], bos="", name="m") == "<user>Be brief."


@pytest.mark.parametrize(
    "template",
    [
        "{{ raise_exception('roles must alternate: system') }}",
        "{% for system",
        "{{ messages[9].content.system }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() | length }} system",
        "{{ messages.append(1) }} system",
        "nothing of the messages",
    ],
)
def test_a_bad_or_hostile_template_is_refused(template):
    with pytest.raises(ModelUnsupported, match="template"):
        render(template, MESSAGES, bos="", name="m")
