"""Writes the little HDF5 files of the tests beside it (Debian's h5py 3.7, numpy, lz4 and zstd; once, the files are kept)."""
import bz2
import struct
import subprocess

import h5py
import lz4.block
import numpy as np

VALUES = (np.arange(11 * 37, dtype="u4") * 2654435761 % 100003).reshape(11, 37)


def direct(file, name, number, values, chunk, pack):
    """A dataset whose filter h5py does not have: each chunk is packed here."""
    plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plist.set_chunk(chunk)
    plist.set_filter(number, h5py.h5z.FLAG_OPTIONAL, values)
    space = h5py.h5s.create_simple(VALUES.shape)
    dataset = h5py.h5d.create(file.id, name, h5py.h5t.py_create(VALUES.dtype), space, plist)
    for y in range(0, VALUES.shape[0], chunk[0]):
        for x in range(0, VALUES.shape[1], chunk[1]):
            block = np.zeros(chunk, VALUES.dtype)
            part = VALUES[y:y + chunk[0], x:x + chunk[1]]
            block[:part.shape[0], :part.shape[1]] = part
            dataset.write_direct_chunk((y, x), pack(block.ravel()))


def lz4_blocks(data, size=256):
    out = struct.pack(">QI", data.nbytes, size)
    raw = data.tobytes()
    for at in range(0, len(raw), size):
        piece = raw[at:at + size]
        packed = lz4.block.compress(piece, store_size=False)
        packed = piece if len(packed) >= len(piece) else packed
        out += struct.pack(">I", len(packed)) + packed
    return out


def shuffled(elements):
    """Row 8b+k holds bit k of byte b of each element."""
    count, size = len(elements), elements.itemsize
    bits = np.unpackbits(elements.view("u1").reshape(count, size), axis=1, bitorder="little")
    return np.packbits(bits.T, axis=1, bitorder="little").tobytes()


def zstd(data):
    return subprocess.run(["zstd", "-q", "-c"], input=data, stdout=subprocess.PIPE, check=True).stdout


def lz4_block(data):
    return lz4.block.compress(data, store_size=False)


def bitshuffle(data, block, compress):
    out = struct.pack(">QI", data.nbytes, block * data.itemsize) if compress else b""
    at = 0
    while len(data) - at >= 8:
        count = min(block, (len(data) - at) // 8 * 8)
        piece = shuffled(data[at:at + count])
        if compress:
            piece = compress(piece)
            piece = struct.pack(">I", len(piece)) + piece
        out += piece
        at += count
    return out + data[at:].tobytes()


with h5py.File("filters.h5", "w") as f:
    f.create_dataset("lzf", data=VALUES, chunks=(4, 16), compression="lzf", shuffle=True)
    f.create_dataset("lzf-checked", data=VALUES, chunks=(4, 16), compression="lzf", fletcher32=True)
    f.create_dataset("deflate", data=VALUES, chunks=(4, 16), compression="gzip", shuffle=True, fletcher32=True)
    f.create_dataset("scale-offset", data=VALUES, chunks=(4, 16), scaleoffset=0)
    direct(f, b"lz4", 32004, (256,), (4, 16), lz4_blocks)
    direct(f, b"bitshuffle-lz4", 32008, (0, 4, 4, 0, 2), (5, 7), lambda data: bitshuffle(data, 16, lz4_block))
    direct(f, b"bitshuffle", 32008, (0, 4, 4, 0, 0), (5, 7), lambda data: bitshuffle(data, 2048, None))

with h5py.File("filters-2.h5", "w") as f:
    direct(f, b"bzip2", 307, (9,), (4, 16), lambda data: bz2.compress(data.tobytes()))
    direct(f, b"zstd", 32015, (3,), (4, 16), lambda data: zstd(data.tobytes()))
    direct(f, b"bitshuffle-zstd", 32008, (0, 4, 4, 0, 3, 3), (5, 7), lambda data: bitshuffle(data, 16, zstd))

with h5py.File("wrong-chunks.h5", "w") as f:
    direct(f, b"short", 32004, (256,), (4, 16), lambda data: lz4_blocks(data[:-8]))
    direct(f, b"cut", 32008, (0, 4, 4, 0, 2), (4, 16), lambda data: bitshuffle(data, 16, lz4_block)[:40])
    direct(f, b"noise", 32000, (4, 261, 256), (4, 16), lambda data: b"\xff" * 20)

with h5py.File("unknown-filter.h5", "w") as f:
    direct(f, b"far", 32768 - 1, (1,), (4, 16), lambda data: data.tobytes())

with h5py.File("types.h5", "w") as f:
    n = np.arange(6).reshape(2, 3)
    for kind in ("i1", "u1", "<i2", ">i2", "<u2", ">u2", ">i4", "<u4", ">u4", "<i8", ">i8", ">u8", "<f2", ">f2", ">f4", "<f4", "<f8", ">f8"):
        f[kind.replace("<", "little-").replace(">", "big-")] = n.astype(kind)
    f["long-double"] = n.astype("longdouble")
    f["bool"] = n % 2 == 1
    for kind in ("<c8", ">c8", "<c16", ">c16"):
        f[kind.replace("<", "little-").replace(">", "big-")] = (n + 1j * (n + 10)).astype(kind)
    f["enum"] = np.array(n, dtype=h5py.enum_dtype({"A": 0, "B": 1, "C": 5}, basetype=">i4"))
    rgb = np.zeros((2, 3), [("R", "u1"), ("G", "u1"), ("B", "u1")])
    rgb["R"], rgb["G"], rgb["B"] = n, n + 10, n + 20
    f["rgb"] = rgb
    f["texts"] = ["α", "beta"]
    f["fixed"] = np.array([b"ab", b"c"])
    f["scalar"] = 2.5
    f["scalar"].attrs["units"] = "keV"
    f["one"] = np.array([7], ">i4")
    f["empty"] = np.zeros((0, 3))
    f["null"] = h5py.Empty("f4")
    f["records"] = np.zeros(3, [("name", "S4"), ("x", "f8")])
    f["references"] = np.array([f["one"].ref], dtype=h5py.ref_dtype)

with h5py.File("links.h5", "w") as f:
    f["a/data"] = n.astype("u1")
    f["soft"] = h5py.SoftLink("/a/./data")
    f["a/relative"] = h5py.SoftLink("data")
    f["b/again"] = f["a/data"]
    f["b/circle"] = f["/"]
    f["ping"] = h5py.SoftLink("/pong")
    f["pong"] = h5py.SoftLink("/ping")
    f["passwd"] = h5py.ExternalLink("/etc/passwd", "/")
    f["near"] = h5py.ExternalLink("types.h5", "/scalar")
    f["through"] = h5py.SoftLink("/near")

with h5py.File("user-block.mat", "w", userblock_size=512) as f:
    f["m"] = n.astype("f8")
with open("user-block.mat", "r+b") as f:
    f.write(b"MATLAB 7.3 MAT-file")


def text(group, name, value):
    group.create_dataset(name, data=np.array([value.encode()]))


with h5py.File("map.h5oina", "w") as f:
    text(f, "Manufacturer", "Oxford Instruments")
    text(f, "Format Version", "5.0")
    ebsd = f.create_group("1/EBSD")
    points = np.arange(6)
    for name, values, unit in (("X", points % 3 * 0.5, "um"), ("Y", points // 3 * 0.5, "um"), ("Phase", points % 2, None), ("Euler", np.stack([points, points + 10, points + 20], 1) / 10, "rad")):
        d = ebsd.create_dataset(f"Data/{name}", data=np.asarray(values, "f4" if unit else "u1"))
        if unit:
            d.attrs["Unit"] = unit
    ebsd["Data/Processed Patterns"] = np.arange(6 * 2 * 4, dtype="u1").reshape(6, 2, 4)
    for name, value in (("X Cells", 3), ("Y Cells", 2), ("X Step", 0.5), ("Y Step", 0.5), ("Beam Voltage", 20.0)):
        ebsd[f"Header/{name}"] = np.array([value])
    ebsd["Header/X Step"].attrs["Unit"] = "um"
    eds = f.create_group("1/EDS")
    eds["Data/Spectrum"] = np.arange(6 * 5, dtype="i4").reshape(6, 5)
    eds["Data/Window Integral/Fe Ka1"] = points.astype("f4")
    for name, value in (("X Cells", 3), ("Y Cells", 2), ("Channel Width", 10.0), ("Start Channel", -20.0)):
        eds[f"Header/{name}"] = np.array([value])

with h5py.File("bruker-ebsd.h5", "w") as f:
    text(f, "Manufacturer", "Bruker Nano")
    g = f.create_group("Scan 0/EBSD")
    for name in ("PHI", "phi1", "phi2", "MAD"):
        g[f"Data/{name}"] = np.arange(6, dtype="f8")
    for name, value in (("NCOLS", 2), ("NROWS", 3), ("XSTEP", 0.1), ("YSTEP", 0.1), ("KV", 15.0)):
        g[f"Header/{name}"] = value

for number, count in ((1, 3), (2, 1)):
    with h5py.File(f"arina_data_{number:06}.h5", "w") as f:
        f["entry/data/data"] = (np.arange(count * 4, dtype="u2") + 100 * number).reshape(count, 2, 2)
with h5py.File("arina_master.h5", "w") as f:
    f.create_group("entry/instrument/detector/detectorSpecific")
    f["entry/instrument/detector/count_time"] = 0.25
    data = f.create_group("entry/data")
    data["data_000001"] = h5py.ExternalLink("arina_data_000001.h5", "/entry/data/data")
    data["data_000002"] = h5py.ExternalLink("arina_data_000002.h5", "/entry/data/data")
    data["data_000003"] = h5py.ExternalLink("../../../etc/passwd", "/entry/data/data")
    data["data_000004"] = h5py.ExternalLink("absent.h5", "/entry/data/data")
with h5py.File("arina.h5", "w") as f:
    g = f.create_group("STEM Metadata")
    for name, value in (("NumPixelsX", 2), ("NumPixelsY", 2)):
        g.attrs[name] = value
    g.attrs["High Tension"] = np.array([200000.0])

with h5py.File("nexus-old.h5", "w") as f:
    f.create_group("run").attrs["NX_class"] = np.bytes_("NXentry")
    g = f.create_group("run/by_members")
    g.attrs["NX_class"] = np.bytes_("NXdata")
    d = g.create_dataset("counts", data=np.arange(6.0).reshape(2, 3))
    d.attrs["signal"] = 1
    for name, axis, values in (("angle", 1, [0.0, 5.0]), ("energy", 2, [10.0, 11.0, 12.0, 13.0]), ("other", 2, [1.0, 2.0, 3.0])):
        x = g.create_dataset(name, data=values)
        x.attrs["axis"] = axis
        x.attrs["units"] = "eV" if name == "energy" else "deg"
        if name == "energy":
            x.attrs["primary"] = 1
    g = f.create_group("run/by_signal")
    g.attrs["NX_class"] = np.bytes_("NXdata")
    d = g.create_dataset("counts", data=np.arange(3.0))
    d.attrs["signal"] = 1
    d.attrs["axes"] = "time"
    x = g.create_dataset("time", data=[0.0, 1.0, 4.0])
    x.attrs["units"] = "s"

with h5py.File("records.h5", "w") as f:
    run = np.zeros(3, [("name", "S4"), ("step", ">i4"), ("U/V", "<f4")])
    run["step"], run["U/V"] = [1, 2, 3], [0.5, 1.5, 2.5]
    f["group/run"] = run
