"""A tiny model that can be asked, and questions that can be trained on in seconds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tiny_models import CHATML, TinyModel, write_tiny_model

from engine.inference.chat_model import ChatModel
from engine.records import ModelFile
from engine.workshop.questions.evidence import EvidenceSettings
from engine.workshop.questions.items import QuestionSource
from engine.workshop.training.optimiser import OptimiserSettings
from engine.workshop.training.prompts import PromptSettings
from engine.workshop.training.registry import recipe_for
from engine.workshop.training.train import TrainingPlan
from engine.workshop.training.training_run import RunSettings

COLOURS = "red green blue white black grey brown pink".split()


def passage(number: int) -> str:
    colour = COLOURS[number % len(COLOURS)]
    return f"House {number} of the street is painted {colour}. Nobody knows who painted it."


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> TinyModel:
    path = tmp_path_factory.mktemp("models") / "tiny.gguf"
    return write_tiny_model(path, n_ctx=8192, template=CHATML)


@pytest.fixture
def model(tiny: TinyModel) -> Iterator[ChatModel]:
    """The tiny model, loaded."""
    size = tiny.path.stat().st_size
    loaded = ChatModel(ModelFile("tiny", tiny.path, "chat", size), n_threads=1)
    yield loaded
    loaded.close()


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A file of 40 questions, each with its passage and two distractors."""
    path = tmp_path / "questions.jsonl"
    lines = []
    for n in range(40):
        item = {
            "id": f"q{n}",
            "lang": "en",
            "question": f"What colour is house {n}?",
            "answers": [COLOURS[n % len(COLOURS)]],
            "gold": [passage(n)],
            "distractors": [passage(n + 41), passage(n + 82)],
        }
        lines.append(json.dumps(item))
    path.write_text("\n".join(lines))
    return path


@pytest.fixture
def plan(tiny: TinyModel, questions: Path, tmp_path: Path) -> Callable[..., TrainingPlan]:
    """Return a function that makes a plan of a few steps; arguments replace its fields."""

    def make(variant: str = "difflora", **changes: object) -> TrainingPlan:
        size = tiny.path.stat().st_size
        fields: dict[str, object] = {
            "name": "houses",
            "model": ModelFile("tiny", tiny.path, "chat", size),
            "sources": (QuestionSource(questions),),
            "recipe": recipe_for(variant, 1),  # type: ignore[arg-type]
            "folder": tmp_path / "run",
            "adapter": tmp_path / "adapters" / "houses.safetensors",
            "n_tokens": 12_000,
            "development_share": 0.2,
            "development_tokens": 2_000,
            "evidence": EvidenceSettings(max_distractors=1, max_questions=2),
            "prompts": PromptSettings(max_tokens=4000),
            "run": RunSettings(
                rows_per_step=1,
                batch_tokens=4096,
                checkpoint_steps=3,
                development_steps=4,
                optimiser=OptimiserSettings(learning_rate=3e-3, lambda_rate=3e-2),
            ),
        }
        return TrainingPlan(**{**fields, **changes})  # type: ignore[arg-type]

    return make
