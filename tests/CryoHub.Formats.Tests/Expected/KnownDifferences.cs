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

    /// <summary>
    /// The reference puts the mean interval of all rows but the first and the last on an even axis that begins at 0. The rows state their times, which are not even:
    /// "Heat raw" runs from 6.749 to 404.178 s in 777 steps of 0.5115 s on average, where the reference has 0.51147 s (403.662 - 7.274 in 775 steps).
    /// </summary>
    private static readonly string[] EvenTimes = ["axis Time scale", "axis Time offset"];

    /// <summary>
    /// The reference loses the first row, which follows the byte order mark. The conditions in the same archives state more: DataCount 2726 from 10.0000 to 119.0000 in
    /// steps of 0.04 (TwoTheta_scan_powder), and a start of 3.0000 (JO_KL_16), where the reference has 2725 rows from 10.04 and 2850 from 3.02.
    /// </summary>
    private static readonly string[] RowBehindTheMark = ["shape: expected", "column 0 (0)", "column 1 (1)", "column 2 (2) n"];

    /// <summary>
    /// The reference takes the first line under [Measurement conditions] for names. The file says [Scan points] and the names Angle,Intensity above 4489 pairs of numbers,
    /// those of 210520step1_30min.xy, which agrees.
    /// </summary>
    private static readonly string[] NamesOfTheConditions = ["shape: expected 4514 x 3", "columns: expected 3", "column 0 (Sample identification)", "column 1 ()"];

    /// <summary>The reference counts eight blank lines as rows; the values of all columns agree.</summary>
    private static readonly string[] BlankLines = ["shape: expected 34 x 8"];

    /// <summary>
    /// The reference takes every line of the markup that is one number for a row. The region "Survey" states 1403 values a curve, 8 before and 7 after them, of 5 channels, and
    /// holds 5 x 1418 = 7090 counts; SurfaceAnalysisTests compares these counts with what pynxtools-xps reads (also_read_by).
    /// </summary>
    private static readonly string[] LinesOfMarkup = ["shape: expected 11334 x 1", "columns: expected 1"];

    /// <summary>
    /// The reference is a NeXus file with six arrays made of one block: counts divided by the collection time, errors of 0, the abscissa twice or three times and a
    /// background of the fit. The block holds one table; SurfaceAnalysisTests compares its counts and its abscissa with these arrays.
    /// </summary>
    private static readonly string[] OneBlock = ["expected 6 signals, found 1"];

    private static readonly Dictionary<string, string[]> Files = new()
    {
        ["xrd/TwoTheta_scan_powder.rasx"] = RowBehindTheMark,
        ["xrd/JO_KL_16_ZF_3_60deg_0.02step_12degpermin_001.rasx"] = RowBehindTheMark,
        ["xrd/210520step1_30min.csv"] = NamesOfTheConditions,
        ["xps/FeO_analyzed_results.csv"] = BlankLines,
        ["xps/In-situ_PBTTT_XPS_SPECS.xml"] = LinesOfMarkup,
        ["xps/FeO_analyzed.vms"] = OneBlock,
        ["xps/irregular.vms"] = OneBlock,
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

        // A structure with fields: the reference shows it as one value, we show each field that is an array (params.length, params.orientation ...).
        ["tiff/ExampleImage_1_fringes.mat"] = ["dtype"],

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

        // VirtualStemImageResult states the offsets X 6.41002310488442E-08 and Y 1.63247766954242E-07 (A), X -1.74256255997134E-07 and Y -3.75063822529272E-08 (C); the
        // beam positions of the patterns lie inside. The reference has them crosswise. "Angle" is the kind of quantity; the numbers, 2.7 and 31 mrad at the edge, are radians.
        ["topspin/topspin_test_A.app5"] = ["axis y offset", "axis x offset", "axis ky unit", "axis kx unit"],
        ["topspin/topspin_test_C.app5"] = ["axis y offset", "axis x offset", "axis ky unit", "axis kx unit"],
        // Column 441 of both files is <Ece>/V in EC-Lab's own exports of the same runs (cp.mpt, lsv.mpt), with the same numbers: see EcLabExportTests.
        ["biologic/cp.mpr"] = ["column 11 (<Ecv>/V) name"],
        ["biologic/lsv.mpr"] = ["column 7 (<Ecv>/V) name"],

        // Lines such as "-7999,9482 <tab> 1,4726 <tab> 1,4711": three numbers with decimal commas between tabs, in even steps of 8.0079. The reference also cuts at
        // the commas and finds six columns, of which three are the digits behind them: the steps would be 8 and 0 to 9999 at random.
        ["afm/fmt-ntmdt-txt-fd_2015_01_17_gel4-0,1_mQ_adh_6B_Curve_DFL_Height_51.txt"] = ["shape", "columns", "column 0", "column 1", "column 2"],

        // The image's head states a raster of 5007 nm for its 256 pixels, the reference's own metadata a "working frame raster" of 5.007 (µm); it gives the axes no scale.
        ["sims/RTIimage.im"] = ["axis y unit", "axis x unit"],
        // The names of its 24 settings and 13 data columns stand in line 11 (Freq(Hz), Polar(V) ...), 60 rows follow; the reference takes line 9, the values of the
        // settings, for a first row. The spectrum is offered beside the table.
        ["maccor/maccor_test_file_4267-66-6519.EDA0001.041"] = ["shape", "columns"],

        // "number of headers ;19" in line 2, and line 20 names the columns (index;test_time;...); the reference takes line 1 for the names and the headers for rows.
        ["echem-other/custom_data_001.csv"] = ["shape", "column 0", "column 1"],

        // The cell is named 345626_9356111_33_6; Python reads that as a number with underscores.
        ["echem-other/Test25205.csv"] = ["column 5 (Cell ID)"],

        ["insitu/StubExperiment_Heat raw.csv"] = EvenTimes,
        ["insitu/StubExperiment_Synchronized data.csv"] = EvenTimes,

        // The third row says 13.232; the reference interpolates on even times (13.232000000813).
        ["insitu/file1.dens"] = ["value at [2]"],
        ["protochips/protochips_gas_cell.csv"] = EvenTimes,
        ["protochips/protochips_thermal.csv"] = ["axis Time scale"],

        // Eight rows of settings, no user: the row at 210 ms is the first of the measurement. The reference always skips nine.
        ["protochips/protochips_gas_cell_no_user.csv"] = ["shape", "axis Time size", .. EvenTimes],

        // YFACTOR= 2.384185791e-09 $$ with a comment, which the reference takes for no number: 411726930 x 2.384185791e-09 = 0.98163, the FIRSTY of the header.
        ["jcamp/jtpolys.jdx"] = ["column 1 (y)"],

        // NPOINTS= 298 = (3938 - 2750) / 4 + 1; lines 34 to 41 are a piece of another file (28B2407B2394 ...), which the reference counts as 52 points more.
        ["jcamp/xyinc2.jdx"] = ["column 1 (y)"],
        // The last of the 201 lines is empty: XCells x YCells = 40 x 5 = 200, and every column of the reference has n = 200.
        ["ebsd/Test_European_1.ctf"] = ["shape"],

        // The reference appends the rows of the polyatomic extension, which count other ions (AlH; SiO, O2, ZrO ...), to the columns of the main table (Al, H, Mg ...) and
        // cuts them to its width: the extension of 87D_1 counts 18 ions where the main table has 14. The first lines state 8, 92 and 138 ranges.
        ["apt/R18_55377-v02.rng"] = ["shape", "column"],
        ["apt/87D_1.rng"] = ["shape", "column"],
        ["apt/SeHoKim_R5076_44076_v02.rng"] = ["shape", "column"],

        // DX = 0.4145152257 in the header, as in the image of the same area; the reference takes DY for both axes of the spectrum image.
        ["bruker/bcf-edx-ebsd.bcf"] = ["axis width scale"],
    };

    /// <summary>Files that the reference reads and CryoHub refuses: an array of text is no signal, and neither is a wave without points.</summary>
    public static IReadOnlyList<string> Refused { get; } = ["emd/example_object_dtype_data.emd", "afm/win-zeroPointWave.ibw"];

    public static IReadOnlyList<string> Of(string file) => Files.TryGetValue(file, out var known) ? known : [];
}
