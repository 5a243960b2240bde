"""LSUN's LMDB folders: JPEG and WebP read alike, and everything else answered with a sentence."""

import io
from pathlib import Path

import lmdb
import numpy as np
import pytest
from PIL import Image

from gan_playground.data import lsun as module
from gan_playground.data.lsun import centred, rooms
from gan_playground.words import Refusal


def encoded(colour: tuple[int, int, int], form: str = "JPEG", size: tuple[int, int] = (96, 96)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, form, quality=95)
    return target.getvalue()


def write(folder: Path, values: list[bytes]) -> Path:
    with lmdb.open(str(folder), map_size=1 << 22) as database, database.begin(write=True) as transaction:
        for place, value in enumerate(values):
            transaction.put(f"{place:040x}".encode(), value)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "bedroom_train_lmdb", [encoded((200, 20, 20)), encoded((20, 200, 20), "WEBP", (300, 256))])
    write(tmp_path / "kitchen_train_lmdb", [encoded((20, 20, 200), "WEBP")])
    write(tmp_path / "kitchen_val_lmdb", [encoded((90, 90, 90))])
    return tmp_path


def test_every_category_is_read_whatever_its_codec(folder: Path) -> None:
    train = rooms(folder, "train")
    assert train.pixels.shape == (3, 3, 96, 96)
    assert train.pixels.dtype == np.uint8
    assert train.labels.tolist() == [0, 0, 1]
    expected = np.array([(200, 20, 20), (20, 200, 20), (20, 20, 200)])
    assert np.abs(train.pixels.mean((2, 3)) - expected).max() < 6  # both codecs lose a little
    assert rooms(folder, "test").pixels.shape == (1, 3, 96, 96)
    assert train.flat().shape == (3, 27_648)


def test_the_middle_square_is_kept() -> None:
    """Red at the left and right, blue in the middle square: nothing red may be left."""
    wide = Image.new("RGB", (200, 100), (255, 0, 0))
    wide.paste((0, 0, 255), (50, 0, 150, 100))
    pixels = centred(wide)
    assert pixels[0].max() == 0
    assert pixels[2].min() == 255
    tall = centred(wide.rotate(90, expand=True))
    assert tall[0].max() == 0
    assert np.array_equal(centred(Image.new("L", (96, 96), 7)), np.full((3, 96, 96), 7))


def test_of_too_many_images_each_category_gives_its_share(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    assert rooms.__wrapped__(folder, "train").labels.tolist() == [0, 1]


def refusal(folder: Path | None, split: str = "train") -> Refusal:
    with pytest.raises(Refusal) as refused:
        rooms.__wrapped__(folder, split)
    assert refused.value.say("ko") != str(refused.value)
    return refused.value


def test_a_missing_folder_category_or_database_is_named(folder: Path) -> None:
    assert refusal(None).key == refusal(folder / "nowhere").key == "data.lsun_no_folder"
    assert "nowhere" in str(refusal(folder / "nowhere"))
    assert refusal(folder / "kitchen_val_lmdb").key == "data.lsun_no_category"
    (folder / "tower_train_lmdb").mkdir()
    found = refusal(folder)
    assert found.key == "data.lsun_no_database"
    assert "tower_train_lmdb" in str(found)


@pytest.mark.parametrize("left", [0, 100, 5000, 8192, 12288, -4096])
def test_a_database_cut_anywhere_is_refused_and_ends_no_process(folder: Path, left: int) -> None:
    file = write(folder / "tower_train_lmdb", [encoded((i, i, i), size=(256, 256)) for i in range(40)]) / "data.mdb"
    whole = file.read_bytes()
    file.write_bytes(whole[:left])
    found = refusal(folder)
    assert found.key == "data.lsun_cut_short"
    assert str(file) in str(found)
    file.write_bytes(whole)
    assert len(rooms.__wrapped__(folder, "train").pixels) == 43


@pytest.mark.parametrize("value", [b"", b"no image", encoded((9, 9, 9))[:300], encoded((9, 9, 9), "PNG")])
def test_a_value_that_is_no_jpeg_or_webp_is_refused_with_its_key(folder: Path, value: bytes) -> None:
    write(folder / "tower_train_lmdb", [encoded((9, 9, 9)), value])
    found = refusal(folder)
    assert found.key == "data.lsun_no_image"
    assert f"{1:040x}" in str(found)


def test_a_database_of_named_databases_is_no_lsun(folder: Path) -> None:
    with lmdb.open(str(folder / "tower_train_lmdb"), map_size=1 << 22, max_dbs=2) as database:
        inner = database.open_db(b"images")
        with database.begin(write=True) as transaction:
            transaction.put(b"0", encoded((9, 9, 9)), db=inner)
    found = refusal(folder)
    assert found.key == "data.lsun_no_image"
    assert "images" in str(found)
