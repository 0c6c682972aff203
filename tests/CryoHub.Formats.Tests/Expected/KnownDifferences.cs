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
        ["tia/64x64_diffraction_acquire_1.ser"] = ["axis y unit", "axis x unit", "axis y scale", "axis x scale", .. OffsetLeftInMetres],

        // MAPC, MAPR, MAPS = 2, 3, 1: columns run along the cell's y (132 / 6 = 22 angstrom), rows along z (140 / 7 = 20), sections along x (150 / 5 = 30).
        // The reference ignores the three fields.
        ["mrc/iota_yzx.ccp4.gz"] = ["axis z scale", "axis y scale", "axis x scale"],

        // The file states 5 x 5 points, the reference's own axes too; its unfolding of the half plane loses a column of an odd width.
        ["dm4/test_fft_packed_complex8.dm4"] = ["shape"],
    };

    public static IReadOnlyList<string> Of(string file) => Files.TryGetValue(file, out var known) ? known : [];
}
