"""Peer programs of the benchmarks, one case a process: a line "run" on standard input times one run, "memory" prints the peak in MiB."""
import os
import resource
import subprocess
import sys
import time

import numpy as np


def wbp():
    from skimage.transform import iradon
    theta = 180.0 * np.arange(61) / 61 - 90
    sinograms = np.random.default_rng(1).random((8, 512, 61), dtype=np.float32)
    # 8 of the 128 slices: they are independent, so the time is exactly 16 times this one
    return lambda: [iradon(s, theta=theta, filter_name="ramp", interpolation="linear", circle=False, output_size=512) for s in sinograms], 16


def sart(passes):
    from skimage.transform import iradon_sart
    theta = 180.0 * np.arange(61) / 61 - 90
    sinogram = np.random.default_rng(1).random((512, 61), dtype=np.float32)
    # one pass over one slice; slices and passes are independent, so the time is exactly this one times both
    return lambda: iradon_sart(sinogram, theta=theta, dtype=np.float32), 128 * passes


def register():
    from skimage.registration import phase_cross_correlation
    frames = movie()
    return lambda: [phase_cross_correlation(frames[0], frame, upsample_factor=10) for frame in frames[1:]], 1


def movie():
    from scipy.ndimage import gaussian_filter
    rng = np.random.default_rng(1)
    base = gaussian_filter(rng.random((1024, 1024)), 2)
    return [(np.roll(base, (i % 8, i // 8), (0, 1)) + 0.01 * rng.random((1024, 1024))).astype(np.float32) for i in range(61)]


def cube():
    energy = 100 + 0.5 * np.arange(1024)
    noise = np.random.default_rng(1).random((256, 256, 1024), dtype=np.float32)
    noise += (1e4 * (energy / 100.0) ** -3).astype(np.float32)
    return energy, noise


def map_():
    import hyperspy.api as hs
    _, data = cube()
    hs.preferences.General.show_progressbar = False
    signal = hs.signals.EELSSpectrum(data)
    axis = signal.axes_manager[-1]
    axis.scale, axis.offset, axis.units = 0.5, 100, "eV"

    def run():
        net = signal.remove_background(signal_range=(210.0, 275.0), background_type="Power law", fast=True, show_progressbar=False)
        return net.isig[284.0:340.0].integrate1D(-1)
    return run, 1


def map_lsq():
    energy, data = cube()
    fit, window = slice(220, 350), slice(368, 480)

    def run():
        x = np.log(energy[fit]).astype(np.float32)
        x0 = x - x.mean()
        y = np.log(np.maximum(data[:, :, fit], 1e-6))
        slope = (y @ x0) / (x0 @ x0)
        offset = y.mean(-1) - slope * x.mean()
        background = np.exp(offset[..., None] + slope[..., None] * np.log(energy[window]).astype(np.float32))
        return data[:, :, window].sum(-1) - background.sum(-1)
    return run, 1


def eels(data, scale, offset):
    import hyperspy.api as hs
    hs.preferences.General.show_progressbar = False
    signal = hs.signals.EELSSpectrum(data)
    axis = signal.axes_manager[-1]
    axis.scale, axis.offset, axis.units = scale, offset, "eV"
    return signal


def eels_background():
    signal = eels(cube()[1], 0.5, 100)
    return lambda: signal.remove_background(signal_range=(210.0, 275.0), background_type="Power law", fast=True, show_progressbar=False), 1


def eels_background_np():
    energy, data = cube()
    fit = slice(220, 350)

    def run():
        x = np.log(energy[fit]).astype(np.float32)
        x0 = x - x.mean()
        y = np.log(np.maximum(data[:, :, fit], 1e-6))
        slope = (y @ x0) / (x0 @ x0)
        offset = y.mean(-1) - slope * x.mean()
        net = slope[..., None] * np.log(energy).astype(np.float32)
        net += offset[..., None]
        np.exp(net, out=net)
        return np.subtract(data, net, out=net)
    return run, 1


def eels_fit():
    signal = eels(cube()[1][:16, :16], 0.5, 100)  # 256 of 65,536 pixels: each is fitted on its own
    return lambda: signal.remove_background(signal_range=(210.0, 275.0), background_type="Power law", fast=False, show_progressbar=False), 256


def low_loss(size):
    energy = -20 + 0.25 * np.arange(1024)
    shift = 4 * np.random.default_rng(2).random((size, size, 1), dtype=np.float32)
    data = np.random.default_rng(1).random((size, size, 1024), dtype=np.float32)
    data += (1e5 * np.exp(-((energy - shift) / 0.6) ** 2) + 500 * np.exp(-((energy - shift - 20) / 5) ** 2)).astype(np.float32)
    return data


def eels_align():
    data = low_loss(64)  # a sixteenth of the pixels: each is found and moved on its own

    def run():
        signal = eels(data.copy(), 0.25, -20)
        signal.align_zero_loss_peak(print_stats=False, subpixel=True, show_progressbar=False)
    return run, 16


def eels_log():
    energy = -20 + 0.25 * np.arange(1024)
    data = np.random.default_rng(1).random((256, 256, 1024), dtype=np.float32)
    data += (1e5 * np.exp(-(energy / 0.6) ** 2) + 500 * np.exp(-((energy - 20) / 5) ** 2)).astype(np.float32)
    signal = eels(data, 0.25, -20)
    zero = signal.deepcopy()
    zero.data[:, :, 92:] = 0
    return lambda: signal.fourier_log_deconvolution(zero), 1


def phases():
    channel, x = np.arange(1024), np.arange(256) / 256
    mean = 1000 * ((1 + channel / 400) ** -2 + (x[:, None] * 0.3 / (1 + np.exp(-(channel - 300) / 5)))[None] + x[:, None, None] * 0.3 * np.exp(-((channel - 600) / 30) ** 2))
    noise = np.random.default_rng(1).random(mean.shape, dtype=np.float32) - 0.5
    return (mean + np.sqrt(12 * mean) * noise).astype(np.float32)


def decompose(**how):
    signal = eels(phases(), 0.5, 100)
    data = signal.data.copy()  # the weights are taken off again afterwards, with rounding

    def run():
        signal.data[:] = data
        signal.decomposition(normalize_poissonian_noise=True, print_info=False, **how)
        return signal
    return run


def pca():
    return decompose(output_dimension=20), 1


def nmf():
    run = decompose(algorithm="NMF", output_dimension=4)

    def once():
        signal = run()
        if not hasattr(nmf, "told"):  # outside the timed runs: what the weighted counts leave, to compare with ours
            nmf.told = True
            data = signal.data.reshape(-1, 1024).astype(float)
            model = signal.learning_results.loadings @ signal.learning_results.factors.T
            a, p = data.sum(1)[:, None], (data.sum(0) / data.sum())[None]
            print(f"the peer's factors leave {((data - model) ** 2 / a / p).sum():.4e}", file=sys.stderr)
    return once, 1


def fft():
    import scipy.fft
    image = np.random.default_rng(1).random((4096, 4096), dtype=np.float32)
    hann = np.hanning(4097)[:-1].astype(np.float32)

    def run():
        spectrum = scipy.fft.rfft2((image - image.mean()) * hann * hann[:, None], workers=2)
        power = np.log10(spectrum.real ** 2 + spectrum.imag ** 2 + 1e-30)
        return np.fft.fftshift(power, axes=0)  # half plane only: less work than ours
    return run, 1


def inspect():
    def run():  # as a person runs it: a process of its own; header only, as ours
        subprocess.run([sys.executable, "-c", "import mrcfile, sys; f = mrcfile.open(sys.argv[1], header_only=True); print(f.header)", sys.argv[2]],
                       check=True, stdout=subprocess.DEVNULL)
    return run, 1


def mrc():
    import mrcfile

    def run():
        with mrcfile.open(sys.argv[2]) as file:
            return file.data[-1, -1, -1]
    return run, 1


def load():
    import hyperspy.api as hs
    return lambda: hs.load(sys.argv[2]), 1


def ingest():
    def run():
        copy = sys.argv[2] + ".copy"
        try:
            subprocess.run(["cp", sys.argv[2], copy], check=True)
            subprocess.run(["sha256sum", sys.argv[2]], check=True, stdout=subprocess.DEVNULL)
        finally:
            os.remove(copy)
    return run, 1


def volume():
    from scipy import ndimage
    grey = ndimage.gaussian_filter(np.random.default_rng(1).random((256, 256, 256), dtype=np.float32), 5)
    grey = (grey - grey.min()) / np.ptp(grey)
    return grey, grey > 0.5


def label():
    from skimage import measure
    _, mask = volume()
    return lambda: measure.label(mask, connectivity=3), 1


def edt():
    from scipy import ndimage
    _, mask = volume()
    return lambda: ndimage.distance_transform_edt(mask), 1


def gaussian():
    from scipy import ndimage
    grey, _ = volume()
    return lambda: ndimage.gaussian_filter(grey, 2), 1


def median():
    from scipy import ndimage
    grey, _ = volume()
    return lambda: ndimage.median_filter(grey, 3), 1


def marching_cubes():
    from skimage import measure
    grey, _ = volume()
    return lambda: measure.marching_cubes(grey, 0.5), 1


def watershed():
    from scipy import ndimage
    from skimage import measure, segmentation
    _, mask = volume()
    distance = ndimage.distance_transform_edt(mask).astype(np.float32)
    markers = measure.label(distance > 0.5 * distance.max(), connectivity=3)
    return lambda: segmentation.watershed(-distance, markers, mask=mask), 1


def texture():
    from scipy.ndimage import gaussian_filter
    rng = np.random.default_rng(1)

    def noise(sigma):
        smooth = gaussian_filter(rng.random((1024, 1024), dtype=np.float32) - 0.5, sigma)
        return smooth / smooth.std()
    place, fine, coarse, white = noise(24), noise(1), noise(4), noise(0)
    classes = np.digitize(place, [-0.4, 0.4])
    return (0.3 * classes + np.where(classes == 1, coarse, fine) + white).astype(np.float32), classes


def texture_features(picture):
    from skimage.feature import multiscale_basic_features
    return multiscale_basic_features(picture, sigma_min=1, sigma_max=16, num_sigma=5, num_workers=os.cpu_count())


def features():
    picture, _ = texture()
    return lambda: texture_features(picture), 1


def forest(predict):
    from sklearn.ensemble import RandomForestClassifier
    picture, classes = texture()
    values = texture_features(picture).reshape(-1, 20)
    chosen = np.random.default_rng(2).integers(0, classes.size, 20_000)

    def fit():
        return RandomForestClassifier(100, n_jobs=-1, random_state=1).fit(values[chosen], classes.ravel()[chosen])
    if not predict:
        return fit, 1
    fitted = fit()
    return lambda: fitted.predict_proba(values), 1


def cliff_lorimer():
    import hyperspy.api as hs
    hs.preferences.General.show_progressbar = False
    signal = hs.signals.EDSTEMSpectrum(np.zeros((256, 256, 64), np.float32))
    axis = signal.axes_manager[-1]
    axis.scale, axis.offset, axis.units = 0.2, 0, "keV"
    signal.set_microscope_parameters(beam_energy=200)
    lines = ["Fe_Ka", "O_Ka", "S_Ka", "Ti_Ka"]
    signal.set_elements([line.split("_")[0] for line in lines])
    signal.set_lines(lines)
    maps = []
    for values, line in zip(np.random.default_rng(1).random((4, 256, 256)) * 1000 + 100, lines):
        one = hs.signals.BaseSignal(values).T
        one.metadata.set_item("Sample.xray_lines", [line])
        one.metadata.set_item("Sample.elements", [line.split("_")[0]])
        maps.append(one)
    return lambda: signal.quantification(maps, "CL", factors=[1.3, 1.0, 1.1, 1.2], composition_units="atomic", navigation_mask=None, show_progressbar=False), 1


cases = {
    "edx-cl": cliff_lorimer,
    "features": features,
    "forest-fit": lambda: forest(False),
    "forest-predict": lambda: forest(True),
    "inspect": inspect,
    "ingest": ingest,
    "ingest-10": ingest,
    "mrc": mrc,
    "bcf": load,
    "dm4": load,
    "emd": load,
    "wbp": wbp,
    "register": register,
    "sirt": lambda: sart(20),
    "cgls": lambda: sart(10),
    "map": map_,
    "map-lsq": map_lsq,
    "fft": fft,
    "pca": pca,
    "nmf": nmf,
    "eels-background": eels_background,
    "eels-background-np": eels_background_np,
    "eels-fit": eels_fit,
    "eels-align": eels_align,
    "eels-log": eels_log,
    "label": label,
    "edt": edt,
    "gaussian": gaussian,
    "median": median,
    "marching-cubes": marching_cubes,
    "watershed": watershed,
}
work, scale = cases[sys.argv[1]]()
work()
print(0, flush=True)
for line in sys.stdin:
    if line.strip() == "memory":
        print(max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024, flush=True)
        continue
    start = time.perf_counter()
    work()
    print((time.perf_counter() - start) * scale, flush=True)
