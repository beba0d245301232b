"""Bytes become text whatever the encoding, and binary data is refused with its reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedera.articles.decoding import decode
from foedera.model.errors import InputError

PROSE = "Ministers met in São Tomé on Monday; “talks went well”, the hosts said – and left.\n"


@given(
    st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0xFFFF, exclude_categories=("Cs", "Cc")), min_size=1)
)
def test_utf8_is_decoded_exactly(text: str) -> None:
    if text.strip(" \t\r\n\f\v") and not text.startswith("\ufeff"):
        assert decode(text.encode(), "x").text == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_of_western_text(encoding: str) -> None:
    text = PROSE * 3
    assert decode(text.encode(encoding), "x").text == text


def test_mixed_lines() -> None:
    data = "Première ligne, café – “oui”.\n".encode() + b"It\x92s a \x93mixed\x94 page.\n"
    decoded = decode(data, "x")
    assert decoded.text == "Première ligne, café – “oui”.\nIt’s a “mixed” page.\n"
    assert decoded.encoding == "mixed utf-8 and cp1252"
    assert decoded.notes == ("1 line with bytes that are not UTF-8 read as cp1252",)


def test_mixed_bytes_within_a_line() -> None:
    assert decode("café ".encode() + b"\x96 caf\xe9\n", "x").text == "café – café\n"


def test_declared_charset() -> None:
    text = "<html><head><meta charset='euc-kr'></head><body>한국과 일본의 장관이 만났다.</body></html>"
    decoded = decode(text.encode("euc-kr"), "x", html=True)
    assert (decoded.text, decoded.encoding) == (text, "euc_kr")
    assert decoded.notes


def test_a_wrong_declaration_yields_to_valid_utf8() -> None:
    text = "<meta charset='iso-8859-1'><p>São Tomé “talks”</p>"
    assert decode(text.encode(), "x", html=True).text == text


def test_seven_bit_declaration_is_believed() -> None:
    text = "<meta charset='iso-2022-jp'><p>日本と韓国</p>"
    assert decode(text.encode("iso-2022-jp"), "x", html=True).text == text


def test_east_asian_bytes_without_declaration() -> None:
    text = "两国外长在北京举行会谈，就双边关系和地区问题深入交换了意见，并签署了合作协议。" * 4
    assert decode(text.encode("gb18030"), "x").text == text


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\x00\x00\x00"])
def test_empty(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, "blank.txt")
    assert caught.value.reason == "empty"
    assert caught.value.document == "blank.txt"


def test_binary() -> None:
    with pytest.raises(InputError) as caught:
        decode(bytes(range(256)) * 20, "x.bin")
    assert caught.value.reason == "binary"


@pytest.mark.parametrize("mark", [b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
def test_a_byte_order_mark_alone_is_empty(mark: bytes) -> None:
    with pytest.raises(InputError) as caught:
        decode(mark, "x.txt")
    assert caught.value.reason == "empty"


@given(st.binary(max_size=400))
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    try:
        outcome = bool(decode(data, "x").text)
    except InputError as refused:
        outcome = refused.reason in ("empty", "binary")
    assert outcome
