"""How values and bytes of a results file are digested, and the seal behind its last byte; docs/output_format.md."""

import hashlib

import numpy as np

SEAL_LENGTH = 112


def digest_of(values):
    if values.dtype.kind == "O":
        data = b"".join(word.encode() + b"\0" for word in values.ravel())
    elif values.ndim > 1:
        return hashlib.sha256("".join(digest_of(part.reshape(-1)) for part in values).encode()).hexdigest()
    else:
        data = digestible(values)
    return hashlib.sha256(data).hexdigest()


def digestible(numbers):
    return (np.where(np.isnan(numbers), np.nan, numbers) if numbers.dtype.kind == "f" else numbers).tobytes()


def digest_of_lines(lines):
    return "sha256:" + hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()


def seal_of(body):
    pieces = [body[at : at + (1 << 20)] for at in range(0, len(body), 1 << 20)]
    digest = hashlib.sha256("".join(hashlib.sha256(piece).hexdigest() for piece in pieces).encode()).hexdigest()
    return f"\njiju seal 1\nbytes {len(body):020}\nsha256 {digest}\n".encode()


def without_seal(data):
    return data[:-SEAL_LENGTH] if data[-SEAL_LENGTH:].startswith(b"\njiju seal 1\n") else data


def put_seal(path):
    """Behind whatever the file holds now."""
    body = without_seal(path.read_bytes())
    path.write_bytes(body + seal_of(body))
