using System.Text;
using CryoHub.Formats.Edax;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Edax;

/// <summary>Files made byte for byte from the descriptions: no real map is at hand.</summary>
public sealed class EdaxLayoutTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, PixelType.UInt8)]
    [InlineData(2, PixelType.UInt16)]
    [InlineData(4, PixelType.UInt32)]
    public async Task A_map_takes_energies_from_its_spectrum_and_lengths_from_its_image(int countBytes, PixelType pixel)
    {
        var beside = new Dictionary<string, byte[]> { ["map.spc"] = Spectrum(), ["map_Img.ipr"] = Image() };
        var signal = Assert.Single(await new SpdReader().OpenAsync(new MemoryFile("map.spd", Map(2, 3, 4, countBytes), beside), Token));
        Assert.Equal(SignalKind.SpectrumImage, signal.Header.Kind);
        Assert.Equal(pixel, signal.Header.Pixel);
        Assert.Equal([2, 3, 4], signal.Header.Shape);
        Assert.Equal("23", (await signal.ValueAtAsync([1, 2, 3], Token)).ToString());
        Assert.Equal(0.25, signal.Header.Axes[0].Step);
        Assert.Equal(0.5, signal.Header.Axes[1].Step);
        Assert.Equal("µm", signal.Header.Axes[1].Unit);
        Assert.Equal(0.01, signal.Header.Axes[2].Step, 1e-12);
        Assert.Equal("keV", signal.Header.Axes[2].Unit);
        Assert.Equal(15, signal.Header.Metadata.BeamEnergyKeV);
        Assert.Equal(["Li", "Ni"], signal.Header.Metadata.Elements);
        Assert.Equal("2024-02-29T13:14:15", signal.Header.Metadata.AcquiredAt);
    }

    [Fact]
    public async Task A_map_alone_is_uncalibrated() => Assert.All(
        (await new SpdReader().OpenAsync(new MemoryFile("map.spd", Map(2, 3, 4, 1)), Token))[0].Header.Axes, axis => Assert.False(axis.IsCalibrated));

    [Fact]
    public async Task A_line_takes_its_steps_from_the_table_beside_it()
    {
        var table = "Label,Line 1\nkV,15\n\nPoint,Distance (nm),Counts\n1,10.0,7\n2,12.5,8\n3,15.0,9\n";
        var signal = (await new SpdReader().OpenAsync(new MemoryFile("l.lsd", Map(1, 3, 4, 2), new Dictionary<string, byte[]> { ["l.csv"] = Encoding.UTF8.GetBytes(table) }), Token))[0];
        Assert.Equal(SignalKind.SpectrumLine, signal.Header.Kind);
        Assert.Equal([3, 4], signal.Header.Shape);
        Assert.Equal(new Axis("x", 3, "nm", AxisRole.Space, 2.5, 10), signal.Header.Axes[0]);
    }

    [Theory]
    [InlineData(false, 4, new long[] { 2, 2, 3, 2 })]
    [InlineData(true, 4, new long[] { 4, 3, 2 })]
    [InlineData(false, 5, new long[] { 5, 3, 2 })]
    public async Task Patterns_stand_in_rows_where_the_grid_is_square_and_complete(bool hexagonal, int patterns, long[] shape)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            foreach (var word in (int[])[3, 2, 3, 42])
            {
                writer.Write(word);
            }

            writer.Write((byte)1);
            writer.Write(2);
            writer.Write(2);
            writer.Write(hexagonal);
            writer.Write(0.5);
            writer.Write(0.25);
            writer.Write(new byte[patterns * 2 * 3 * 2]);
        }

        var signal = (await new UpReader().OpenAsync(new MemoryFile("p.up2", bytes.ToArray()), Token))[0];
        Assert.Equal(shape, signal.Header.Shape);
        Assert.Equal(shape.Length == 4 ? 0.25 : 1, signal.Header.Axes[0].Step);
    }

    private static byte[] Map(int rows, int columns, int channels, int countBytes)
    {
        const int Head = 1084;
        var bytes = new byte[Head + (rows * columns * channels * countBytes)];
        "MAPSPECTRA_DATA"u8.CopyTo(bytes);
        foreach (var (word, at) in ((int, int)[])[(1, 16), (rows * columns, 20), (columns, 24), (rows, 28), (channels, 32), (countBytes, 36), (Head, 40), (1, 44)])
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(at), word);
        }

        "map_Img.bmp"u8.CopyTo(bytes.AsSpan(48));
        for (var i = 0; i < rows * columns * channels; i++)
        {
            bytes[Head + (i * countBytes)] = (byte)i;
        }

        return bytes;
    }

    private static byte[] Spectrum()
    {
        var bytes = new byte[3840 + 16];
        BitConverter.TryWriteBytes(bytes.AsSpan(0), 0.61f);
        BitConverter.TryWriteBytes(bytes.AsSpan(16), (short)2024);
        ((byte[])[29, 2, 14, 13, 0, 15]).CopyTo(bytes, 18);     // day, month, minute, hour, hundredths, second
        BitConverter.TryWriteBytes(bytes.AsSpan(384), 10);      // eV a channel
        BitConverter.TryWriteBytes(bytes.AsSpan(532), 15f);     // kV
        BitConverter.TryWriteBytes(bytes.AsSpan(638), (short)2);
        BitConverter.TryWriteBytes(bytes.AsSpan(640), (short)28);
        BitConverter.TryWriteBytes(bytes.AsSpan(642), (short)3);
        return bytes;
    }

    private static byte[] Image()
    {
        var bytes = new byte[320];
        BitConverter.TryWriteBytes(bytes.AsSpan(0), (short)334);
        BitConverter.TryWriteBytes(bytes.AsSpan(64), 0.5f);     // µm a pixel in x
        BitConverter.TryWriteBytes(bytes.AsSpan(68), 0.25f);    // and in y
        return bytes;
    }
}
