"""Writes the little HDF5 files of EmdRefusalTests (h5py 3.7, once; the files are kept beside this script)."""
import h5py
import numpy as np


def group(file, name):
    g = file.create_group(name)
    g.attrs["emd_group_type"] = 1
    return g


with h5py.File("external-link.emd", "w") as f:
    group(f, "a")["data"] = h5py.ExternalLink("secret.h5", "/data")
    f["b"] = h5py.ExternalLink("/etc/passwd", "/")

with h5py.File("soft-link.emd", "w") as f:
    f["elsewhere"] = np.arange(4)
    group(f, "a")["data"] = h5py.SoftLink("/elsewhere")

with h5py.File("external-storage.emd", "w") as f:
    group(f, "a").create_dataset("data", (8,), "u1", external=[("/etc/hostname", 0, 8)])

with h5py.File("virtual.emd", "w") as f:
    layout = h5py.VirtualLayout((8,), "u1")
    layout[:] = h5py.VirtualSource("secret.h5", "data", (8,))
    group(f, "a").create_virtual_dataset("data", layout)

with h5py.File("foreign-filter.emd", "w") as f:
    group(f, "a").create_dataset("data", data=np.zeros((64, 64), "u2"), compression="lzf")

with h5py.File("huge.emd", "w") as f:
    group(f, "a").create_dataset("data", (10**6, 10**6), "f8", chunks=(64, 64))

with h5py.File("circle.emd", "w") as f:
    f.create_group("a")["again"] = f["/"]
    f["a"]["more"] = f["/"]

with h5py.File("deflated.emd", "w") as f:
    g = group(f, "a")
    g.create_dataset("data", data=np.arange(6, dtype=">u2").reshape(2, 3), chunks=(2, 2), compression="gzip", shuffle=True)
    for i, n in enumerate((2, 3), 1):
        d = g.create_dataset(f"dim{i}", data=0.5 * np.arange(n) + i)
        d.attrs["name"] = "xy"[i - 1]
        d.attrs["units"] = "[n_m]"
