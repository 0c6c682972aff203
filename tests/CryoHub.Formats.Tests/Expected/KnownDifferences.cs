namespace CryoHub.Formats.Tests.Expected;

/// <summary>
/// Where the reference is wrong, with the proof. A difference is listed by how it begins (<c>axis x offset</c>); whatever is not listed still fails, and a listed
/// difference that no longer occurs fails too.
/// </summary>
public static class KnownDifferences
{
    /// <summary>
    /// The reference turns the step into nanometres and leaves the offset in metres. In 16_STOimage_1.ser the field is 1024 x 0.0100127 nm = 10.253 nm wide and
    /// the offset, -5.1265e-9 m, is minus one half of it: the origin is the image's centre, in nanometres too.
    /// </summary>
    private static readonly string[] OffsetLeftInMetres = ["axis y offset", "axis x offset"];

    /// <summary>The reference fills an array of its default type; h5py lists each of these data sets as int16, uint16 or float32 (hdf5_datasets of the same JSON).</summary>
    private static readonly string[] WidenedToFloat64 = ["dtype: expected float64"];

    private static readonly Dictionary<string, string[]> Files = new()
    {
        ["tia/03_Scanning Preview.emi"] = OffsetLeftInMetres,
        ["tia/03_Scanning Preview_1.ser"] = OffsetLeftInMetres,
        ["tia/16_STOimage_1.ser"] = OffsetLeftInMetres,
        ["tia/16x16x5_STEM_BF_DF_preview.emi"] = OffsetLeftInMetres,
        ["tia/16x16x5_STEM_BF_DF_preview_1.ser"] = OffsetLeftInMetres,
        ["tia/16x16x5_STEM_BF_DF_preview_2.ser"] = OffsetLeftInMetres,
        ["tia/64x64_TEM_images_acquire.emi"] = OffsetLeftInMetres,
        ["tia/64x64_TEM_images_acquire_1.ser"] = OffsetLeftInMetres,
        ["tia/64x64x5_TEM_preview.emi"] = OffsetLeftInMetres,
        ["tia/64x64x5_TEM_preview_1.ser"] = OffsetLeftInMetres,
        ["tia/64x64_diffraction_acquire.emi"] = OffsetLeftInMetres,

        // Also: the coordinate is that of CalibrationElement 5, not of 0. The tag of the first element puts its centre at
        // x = -3.7360 nm, y = 7.0004 nm: half a step inside our -4.7289 nm and 9.1295 nm.
        ["tia/16x16-spectrum_image_5x5x4000-not_square.emi"] = OffsetLeftInMetres,
        ["tia/16x16-spectrum_image_5x5x4000-not_square_1.ser"] = OffsetLeftInMetres,

        // A step of 1e8 m: the series of a diffraction pattern holds 1/m. The reference says so itself when it opens the .emi file, which we read beside the series.
        ["tia/64x64_diffraction_acquire_1.ser"] = ["axis y unit", "axis x unit", .. OffsetLeftInMetres],

        // MAPC, MAPR, MAPS = 2, 3, 1: columns run along the cell's y (132 / 6 = 22 angstrom), rows along z (140 / 7 = 20), sections along x (150 / 5 = 30).
        // The reference ignores the three fields.
        ["mrc/iota_yzx.ccp4.gz"] = ["axis z scale", "axis y scale", "axis x scale"],

        // The file states 5 x 5 points, the reference's own axes too; its unfolding of the half plane loses a column of an odd width.
        ["dm4/test_fft_packed_complex8.dm4"] = ["shape"],

        // The file stores 2 and 4 bits a pixel, so 0 to 3 and 0 to 15; the reference (Pillow, as tifffile reads neither) stretches them to 0 to 255 for the screen.
        ["tiff/2bit.tif"] = ["value at [1, 85]", "value at [2, 171]", "value at [3, 255]", "value at [0, 192]", "max", "mean", "std"],
        ["tiff/4bit.tif"] = ["value at [1, 85]", "value at [2, 171]", "value at [3, 255]", "value at [0, 240]", "max", "mean", "std"],

        // BitsPerSample 16, SampleFormat 2 in the reference's own tags; Pillow, which read the pixels, knows 32-bit integers only.
        ["tiff/int16_zstd.tif"] = ["dtype"],

        // "unit=nm" in the description; the reference knows "micron" only, and gives the depth of a stack no unit at all.
        ["tiff/13pf_MT.tif"] = ["axis depth unit", "axis depth scale", "axis height unit", "axis height scale", "axis width unit", "axis width scale"],
        ["tiff/test_loading_image_saved_with_imageJ_stack.tif"] = ["axis depth unit", "axis depth scale"],

        // HFW / ResolutionX = 0.202732 / 768 = 2.63974e-4 m (0.00026397395833) belongs to x, VFW / ResolutionY = 0.135155 / 512 to y; the reference has them crosswise.
        ["tiff/FEI-Helios-navcam.tif"] = ["axis height scale", "axis width scale"],

        // tifffile knows no calibration; the report in the description states it (camera length 400 mm, 200 kV): see JeolTemDialectTests.
        ["tiff/JEOL-SightX-SAED-dummy.tif.gz"] = ["axis Y unit", "axis X unit"],

        ["emd/1532 Camera Ceta.emd"] = WidenedToFloat64,
        ["emd/1854 Camera Ceta.emd"] = WidenedToFloat64,
        ["emd/Camera Ceta Diffraction Micro.emd"] = WidenedToFloat64,
        ["emd/STEM HAADF Diffraction Micro.emd"] = WidenedToFloat64,
        ["emd/STEM HAADF-DF4-DF2-BF Diffraction Micro.emd"] = WidenedToFloat64,
        ["emd/Test SI 16x16 ReducedData 215 kx.emd"] = WidenedToFloat64,
        ["emd/fei_emd_image.emd"] = WidenedToFloat64,
        ["emd/fei_emd_si.emd"] = WidenedToFloat64,
        ["emd/fei_example_dpc_titles.emd"] = WidenedToFloat64,

        // The EELS arrays are [y, x, energy] with 16 rows and 20 columns, as the reference's own shape says; it names the first two axes crosswise.
        // The X-ray streams hold 319 marks "next pixel", so 320 = 16 x 20 pixels, the scanned area of the raster of 128 x 128; the reference folds them
        // into 128 columns, the size of another image of the file.
        ["emd/velox_EELS_EDS.zip"] = [.. WidenedToFloat64, "axis x size", "axis x offset", "axis y size", "axis y offset", "shape"],

        // A technique that records nothing: no row to show, so the header is shown as text.
        ["biologic/wait.mpr"] = ["dtype", "shape"],
        ["biologic/wait.mpt"] = ["dtype", "shape"],

        // Column 441 of both files is <Ece>/V in EC-Lab's own exports of the same runs (cp.mpt, lsv.mpt), with the same numbers: see EcLabExportTests.
        ["biologic/cp.mpr"] = ["column 11 (<Ecv>/V) name"],
        ["biologic/lsv.mpr"] = ["column 7 (<Ecv>/V) name"],

        // DX = 0.4145152257 in the header, as in the image of the same area; the reference takes DY for both axes of the spectrum image.
        ["bruker/bcf-edx-ebsd.bcf"] = ["axis width scale"],
    };

    /// <summary>Files that the reference reads and CryoHub refuses: an array of text is no signal.</summary>
    public static IReadOnlyList<string> Refused { get; } = ["emd/example_object_dtype_data.emd"];

    public static IReadOnlyList<string> Of(string file) => Files.TryGetValue(file, out var known) ? known : [];
}
