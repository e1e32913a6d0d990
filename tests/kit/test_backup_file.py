"""The file of a backup: what was packed comes out again, and a file with any fault is refused."""

from __future__ import annotations

import random
import resource
import subprocess
import tarfile
from datetime import UTC, datetime

import pytest

from kilauta.kit.refusals import Refused
from kilauta.kit.store.backup import archive, sealing
from kilauta.kit.store.backup.archive import Manifest
from kilauta.kit.store.backup.weights import Weight, compare, weigh

KEY, OTHER = "koira-kissa-hevonen-lammas-kana-sika", "koira-kissa-hevonen-lammas-kana-susi"
CHANCE = random.Random(20261124)
CONTENT = CHANCE.randbytes(3 * sealing.PIECE)


def manifest_of(dump):
    return Manifest(
        made_at=datetime(2026, 11, 24, 9, tzinfo=UTC),
        product="0.1.0",
        database="sqlite",
        schema="",
        migrations=frozenset({("store", "0001_initial")}),
        tables={"network": Weight(2, "0" * 32)},
        size=dump.stat().st_size,
        sha256=archive.sum_of(dump),
    )


def packed(folder, content, key):
    dump, path = folder / "dump", folder / "packed"
    dump.write_bytes(content)
    with path.open("wb") as file:
        archive.pack(file, dump, manifest_of(dump), key=key)
    return path


@pytest.fixture(scope="module", params=["", KEY], ids=["plain", "sealed"])
def whole(request, tmp_path_factory):
    """A backup of a little more than three pieces, and its key."""
    path = packed(tmp_path_factory.mktemp("whole"), CONTENT, request.param)
    return path.read_bytes(), request.param


def refusal(folder, content, key):
    (folder / "tried").write_bytes(content)
    with pytest.raises(Refused) as refused:
        archive.unpack(folder / "tried", folder / "out", key=key)
    return refused.value.code


@pytest.mark.parametrize("size", [0, 1, sealing.PIECE - 1, sealing.PIECE, 2 * sealing.PIECE, 5_000_000])
@pytest.mark.parametrize("key", ["", KEY], ids=["plain", "sealed"])
def test_what_was_packed_comes_out_again(size, key, tmp_path):
    content = random.Random(size).randbytes(size)
    path = packed(tmp_path, content, key)
    manifest = archive.unpack(path, tmp_path / "out", key=key)
    assert (tmp_path / "out").read_bytes() == content
    assert manifest == manifest_of(tmp_path / "dump")


def test_a_flipped_bit_anywhere_is_refused(whole, tmp_path):
    content, key = whole
    places = [*range(sealing.HEAD + 40), *CHANCE.choices(range(len(content)), k=30), len(content) - 1]
    for place in places:
        bad = bytearray(content)
        bad[place] ^= 1 << CHANCE.randrange(8)
        code = refusal(tmp_path, bytes(bad), key)
        expected = (
            {"backup-damaged"}
            if place >= sealing.HEAD
            else {"backup-damaged", "backup-unknown", "backup-newer", "backup-key"}
        )
        assert code in expected, place


def test_a_file_cut_short_or_made_longer_is_refused(whole, tmp_path):
    content, key = whole
    pieces = [sealing.HEAD + n * (sealing.PIECE + sealing.TAG) for n in range(4)]
    lengths = [
        0,
        1,
        *pieces,
        *(each + 1 for each in pieces),
        len(content) - 1,
        *CHANCE.choices(range(len(content)), k=10),
    ]
    codes = {refusal(tmp_path, content[:length], key) for length in lengths if length < sealing.HEAD}
    assert codes == {"backup-unknown"}
    codes = {refusal(tmp_path, content[:length], key) for length in lengths if length >= sealing.HEAD}
    assert codes == {"backup-damaged"}
    assert refusal(tmp_path, content + b"\0", key) == "backup-damaged"


def test_pieces_that_were_exchanged_or_left_out_are_refused(tmp_path):
    content = packed(tmp_path, CONTENT, KEY).read_bytes()
    size, start = sealing.PIECE + sealing.TAG, sealing.HEAD
    head, pieces = content[:start], [content[at : at + size] for at in range(start, len(content), size)]
    assert len(pieces) == 4
    for order in ([1, 0, 2, 3], [0, 2, 3], [0, 1, 2], [0, 1, 1, 2, 3]):
        assert refusal(tmp_path, head + b"".join(pieces[n] for n in order), KEY) == "backup-damaged"
    again = packed(tmp_path, CONTENT, KEY).read_bytes()
    assert refusal(tmp_path, head + again[start:], KEY) == "backup-damaged"  # each file has a key of its own


@pytest.mark.parametrize(("key", "told"), [(OTHER, "is not the one"), ("", "KILAUTA_BACKUP_KEY_FILE")])
def test_another_key_or_none_opens_nothing(key, told, tmp_path):
    path = packed(tmp_path, CONTENT, KEY)
    with pytest.raises(Refused, match=told) as refused:
        archive.unpack(path, tmp_path / "out", key=key)
    assert refused.value.code == "backup-key"
    assert not (tmp_path / "out").exists()


def test_any_other_file_is_refused(tmp_path):
    assert refusal(tmp_path, b"", "") == "backup-unknown"
    assert refusal(tmp_path, b"PK\3\4" + CONTENT, "") == "backup-unknown"
    assert refusal(tmp_path, b"KILAUTA BACKUP 2 " + CONTENT, "") == "backup-newer"


def test_with_a_key_nothing_can_be_read_in_the_file(tmp_path):
    words = b"Kaino Kanarialintu 050 555 0100 " * 50_000
    sealed = packed(tmp_path, words, KEY).read_bytes()
    assert b"Kanaria" not in sealed
    assert b"manifest" not in sealed
    (tmp_path / "rest").write_bytes(sealed[sealing.HEAD :])
    assert not tarfile.is_tarfile(tmp_path / "rest")


def test_without_a_key_anybody_can_unpack_it_with_common_tools(tmp_path):
    path = packed(tmp_path, CONTENT, "")
    command = f"tail -n +2 '{path}' | tar -xzO dump"
    assert subprocess.run(command, shell=True, capture_output=True, check=True).stdout == CONTENT


def test_a_large_dump_is_never_held_in_memory(tmp_path):
    dump, path = tmp_path / "dump", tmp_path / "packed"
    with dump.open("wb") as file:
        file.truncate(300_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with path.open("wb") as file:
        archive.pack(file, dump, manifest_of(dump), key=KEY)
    archive.unpack(path, tmp_path / "out", key=KEY)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # kB


def test_rows_weigh_the_same_in_any_order_and_differently_when_one_differs():
    rows = [(n, f"Äänekoski {n}", None, 1.5, b"\xff") for n in range(100)]
    weight = weigh(rows)
    assert weigh(reversed(rows)) == weight
    assert weight.rows == 100
    others = [
        rows[1:],
        [*rows, rows[0]],
        [*rows[1:], rows[1]],
        [*rows[1:], (0, "Äänekoski 0", 0, 1.5, b"\xff")],
        [],
    ]
    assert len({weight, *map(weigh, others)}) == 6
    compare({"a": weight}, {"a": weight})
    for found in ({"a": weigh([])}, {}, {"a": weight, "b": weight}):
        with pytest.raises(Refused, match="other rows"):
            compare(found, {"a": weight})
