using System.Text;
using CryoHub.Formats.Tiff;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;
using Tag = CryoHub.Formats.Tests.Tiff.TiffBytes.Tag;

namespace CryoHub.Formats.Tests.Tiff;

public sealed class TiffDialectsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tescan_image_takes_its_pixel_from_the_real_side_file()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var header = await OpenAsync(await File.ReadAllBytesAsync(SharedData.PathOf("tiff/tescan-minimal.hdr"), Ct), "x-tif.hdr");
        Assert.Equal((5e-8, "m"), (header.Axes[1].Step, header.Axes[1].Unit));      // PixelSizeX=0.00000005
        Assert.Equal(5, header.Metadata.BeamEnergyKeV);                             // AcceleratorVoltage=5000.0
        Assert.Equal("TESCAN SOLARIS X", header.Metadata.Instrument);
        Assert.Equal("2024-02-07T00:00:00", header.Metadata.AcquiredAt);
    }

    [Fact]
    public async Task A_tescan_image_takes_its_pixel_from_its_own_tag()
    {
        var text = Encoding.Latin1.GetBytes("thumbnail\0\u00FF[MAIN]\r\nMagnification=10000\r\nPixelSizeX=2.5e-8\r\nPixelSizeY=3e-8\r\n[SEM]\r\nHV=10000.0\r\n");
        var header = await OpenAsync([], "", new Tag(50431, 2) { Text = Encoding.Latin1.GetString(text) });
        Assert.Equal((3e-8, 2.5e-8), (header.Axes[0].Step, header.Axes[1].Step));
        Assert.Equal((10.0, 10000.0), (header.Metadata.BeamEnergyKeV, header.Metadata.Magnification));
    }

    [Theory]
    [InlineData("DualBeam", "EBeam", "no", 52.0)]
    [InlineData("DualBeam", "EBeam", "yes", 90.0)] // stretched by the microscope
    [InlineData("DualBeam", "IBeam", "no", null)]
    [InlineData("SEM", "EBeam", "no", null)]
    public async Task A_dual_beam_image_says_at_which_angle_the_face_is_seen(string type, string beam, string corrected, double? expected)
    {
        var header = await OpenAsync([], "", Tag.Of(34682, $"[System]\r\nType={type}\r\n[Beam]\r\nBeam={beam}\r\n[EBeam]\r\nTiltCorrectionIsOn={corrected}\r\n"));
        Assert.Equal(expected, header.Metadata.FaceAngleDeg);
    }

    [Theory]
    [InlineData("Yes", "Off", 54.0)]
    [InlineData("Yes", "On", 90.0)]
    [InlineData("No", "Off", null)]
    public async Task A_zeiss_image_says_at_which_angle_the_face_is_seen(string present, string corrected, double? expected)
    {
        var header = await OpenAsync([], "", Tag.Of(34118, $"0\r\n0\r\n0\r\n1e-9\r\nDP_FIB_PRESENT\r\nFIB Present = {present}\r\nDP_TILT_CORRECTION\r\nTilt Corrn. = {corrected}\r\nAP_FIB_SEM_ANGLE\r\nFIB SEM Angle =  54.0 °\r\n"));
        Assert.Equal(expected, header.Metadata.FaceAngleDeg);
    }

    [Fact]
    public async Task Real_images_say_it_too()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        Assert.Equal(52, await AngleAsync("tiff/SEM_Image-SliceImage-001.tif"));
        Assert.Null(await AngleAsync("tiff/test_tiff_Zeiss_SEM_1k.tif")); // states 54 degrees, and that it has no ion column
    }

    [Fact]
    public async Task A_hitachi_image_takes_its_pixel_from_its_side_file()
    {
        var header = await OpenAsync("[SemImageFile]\r\nInstructName=SU8000\r\nAcceleratingVoltage=15000 Volt\r\nPixelSize=9.921875\r\nMagnification=10000\r\nSignalName=SE(U)\r\n"u8.ToArray(), "x.txt");
        Assert.Equal((9.921875, "nm"), (header.Axes[1].Step, header.Axes[1].Unit));
        Assert.Equal((15.0, 10000.0, "SE(U)"), (header.Metadata.BeamEnergyKeV, header.Metadata.Magnification, header.Metadata.Detector));
    }

    [Fact]
    public async Task A_jeol_sem_image_takes_its_pixel_from_the_scale_bar()
    {
        var header = await OpenAsync("$CM_FORMAT 0\n$CM_MAG 1000\n$CM_ACCEL_VOLT 15.00\n$$SM_MICRON_BAR 80\n$$SM_MICRON_MARKER 10um\n"u8.ToArray(), "x.txt");
        Assert.Equal((0.125, "µm"), (header.Axes[1].Step, header.Axes[1].Unit));    // 10 µm over 80 pixels
        Assert.Equal((15.0, 1000.0), (header.Metadata.BeamEnergyKeV, header.Metadata.Magnification));
    }

    [Fact]
    public async Task An_ome_image_states_its_pixel_and_its_unit()
    {
        const string Ome = "<?xml version=\"1.0\"?><OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\"><Image><AcquisitionDate>2020-01-02T03:04:05</AcquisitionDate>"
            + "<Pixels DimensionOrder=\"XYZCT\" SizeX=\"2\" SizeY=\"2\" SizeZ=\"1\" SizeC=\"1\" SizeT=\"1\" PhysicalSizeX=\"0.5\" PhysicalSizeXUnit=\"nm\" PhysicalSizeY=\"0.75\"/></Image></OME>";
        var header = await OpenAsync([], "", Tag.Of(270, Ome));
        Assert.Equal((0.5, "nm"), (header.Axes[1].Step, header.Axes[1].Unit));
        Assert.Equal((0.75, "µm"), (header.Axes[0].Step, header.Axes[0].Unit));     // OME's default unit
        Assert.Equal("2020-01-02T03:04:05", header.Metadata.AcquiredAt);
    }

    [Fact]
    public async Task A_jeol_diffraction_pattern_is_calibrated_by_camera_length_and_wavelength()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        using var file = new FolderFile(SharedData.PathOf("tiff/JEOL-SightX-SAED-dummy.tif.gz"));
        var header = (await (await FormatCatalog.DetectAsync(file, Ct)).OpenAsync(file, Ct))[0].Header;

        // 93 pixels an inch at 0.4 m; 2.507934 pm is the tabulated wavelength at 200 kV.
        Assert.Equal(0.0254 / 93 / (0.4 * 2.507934e-3), header.Axes[1].Step, 1e-6);
        Assert.Equal(("1/nm", AxisRole.Reciprocal, SignalKind.Diffraction), (header.Axes[1].Unit, header.Axes[1].Role, header.Kind));
        Assert.Equal((200.0, "JEM-ARM200F", "2015-07-30T07:17:25"), (header.Metadata.BeamEnergyKeV, header.Metadata.Instrument, header.Metadata.AcquiredAt));
    }

    [Fact]
    public async Task An_image_without_any_dialect_is_uncalibrated_whatever_its_print_resolution()
    {
        var header = await OpenAsync([], "", new Tag(282, 5, 72), new Tag(283, 5, 72), new Tag(296, 3, 2));
        Assert.All(header.Axes, axis => Assert.False(axis.IsCalibrated));
    }

    private static async Task<double?> AngleAsync(string path)
    {
        using var file = new FolderFile(SharedData.PathOf(path));
        return (await new TiffReader().OpenAsync(file, Ct))[0].Header.Metadata.FaceAngleDeg;
    }

    private static async Task<SignalHeader> OpenAsync(byte[] sibling, string siblingName, params Tag[] tags)
    {
        var file = new MemoryFile("x.tif", TiffBytes.Grey(2, 2, 8, [1, 2, 3, 4], false, tags), new Dictionary<string, byte[]> { [siblingName] = sibling });
        return Assert.Single(await new TiffReader().OpenAsync(file, Ct)).Header;
    }
}
