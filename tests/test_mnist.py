"""MNIST's files: read to the bit, and refused by name when they are not what was published."""

import gzip
import hashlib
import struct
from pathlib import Path

import numpy as np
import pytest

from gan_playground.data import mnist as module
from gan_playground.data.mnist import MD5, MIRRORS, mnist, parse_idx, read_file
from gan_playground.words import Refusal

PIXELS = np.random.default_rng(0).integers(0, 256, (12, 28, 28), dtype=np.uint8)
LABELS = np.arange(12, dtype=np.uint8) % 10


def idx(array: np.ndarray) -> bytes:
    return bytes((0, 0, 8, array.ndim)) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for split in ("train", "t10k"):
        (tmp_path / f"{split}-images-idx3-ubyte").write_bytes(idx(PIXELS))
        (tmp_path / f"{split}-labels-idx1-ubyte").write_bytes(idx(LABELS))
    return tmp_path


@pytest.mark.parametrize("array", [PIXELS, LABELS, PIXELS[:0]])
def test_an_idx_file_is_read_to_the_bit(array: np.ndarray) -> None:
    read = parse_idx(idx(array), "file")
    assert read.dtype == np.uint8
    assert np.array_equal(read, array)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\0\x08",
        b"\0\0\x08\0",
        idx(PIXELS)[:-1],
        idx(PIXELS) + b"\0",
        idx(LABELS)[:6],
        b"\0\0\x0d" + idx(LABELS)[3:],
    ],
)
def test_what_is_no_idx_file_of_bytes_is_refused(raw: bytes) -> None:
    with pytest.raises(Refusal, match=r"some-name is not an IDX file"):
        parse_idx(raw, "some-name")


def test_a_folder_of_unpacked_files_will_do(folder: Path) -> None:
    read = mnist(folder, "train")
    assert np.array_equal(read.pixels, PIXELS)
    assert np.array_equal(read.labels, LABELS)
    flat = read.flat()
    assert flat.shape == (12, 784)
    assert flat.dtype == np.float32
    assert np.array_equal(flat, PIXELS.reshape(12, 784).astype(np.float32) / np.float32(255))


def test_a_packed_file_must_have_the_published_md5(folder: Path) -> None:
    name = "train-images-idx3-ubyte.gz"
    packed = gzip.compress(idx(PIXELS))
    (folder / name).write_bytes(packed)
    with pytest.raises(Refusal) as refused:
        read_file(folder, name)
    for part in (str(folder / name), hashlib.md5(packed).hexdigest(), MD5[name], MIRRORS[0] + name):
        assert part in str(refused.value)
        assert part in refused.value.say("ko")


def test_a_missing_file_is_named_with_its_mirror_and_md5(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        mnist(tmp_path, "test")
    for part in ("t10k-images-idx3-ubyte.gz", MIRRORS[0], MD5["t10k-images-idx3-ubyte.gz"]):
        assert part in str(refused.value)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="nowhere is no folder"):
        mnist(tmp_path / "nowhere")


def test_without_a_network_the_mirror_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tried: list[str] = []

    def retrieve(url: str, **_: object) -> str:
        tried.append(url)
        raise OSError("no route to host")

    monkeypatch.setattr("pooch.retrieve", retrieve)
    monkeypatch.setattr("pooch.os_cache", lambda name: tmp_path / name)
    with pytest.raises(Refusal, match="could not be downloaded"):
        module.fetch()
    assert tried == [mirror + next(iter(MD5)) for mirror in MIRRORS]


def test_the_second_mirror_is_asked_when_the_first_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fetched: dict[str, str] = {}

    def retrieve(url: str, known_hash: str, fname: str, path: Path) -> str:
        if url.startswith(MIRRORS[0]):
            raise ValueError("wrong hash")
        fetched[fname] = known_hash
        return str(path / fname)

    monkeypatch.setattr("pooch.retrieve", retrieve)
    monkeypatch.setattr("pooch.os_cache", lambda name: tmp_path / name)
    assert module.fetch() == tmp_path / "gan-playground" / "mnist"
    assert fetched == {name: f"md5:{md5}" for name, md5 in MD5.items()}
