using CryoHub.Imaging;

namespace CryoHub.Formats.Tests.Hdf5;

public sealed class Hdf5TypeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("i1", PixelType.Int8)]
    [InlineData("u1", PixelType.UInt8)]
    [InlineData("little-i2", PixelType.Int16)]
    [InlineData("big-i2", PixelType.Int16)]
    [InlineData("little-u2", PixelType.UInt16)]
    [InlineData("big-u2", PixelType.UInt16)]
    [InlineData("big-i4", PixelType.Int32)]
    [InlineData("little-u4", PixelType.UInt32)]
    [InlineData("big-u4", PixelType.UInt32)]
    [InlineData("little-i8", PixelType.Int64)]
    [InlineData("big-i8", PixelType.Int64)]
    [InlineData("big-u8", PixelType.UInt64)]
    [InlineData("little-f2", PixelType.Float16)]
    [InlineData("big-f2", PixelType.Float16)]
    [InlineData("little-f4", PixelType.Float32)]
    [InlineData("big-f4", PixelType.Float32)]
    [InlineData("little-f8", PixelType.Float64)]
    [InlineData("big-f8", PixelType.Float64)]
    [InlineData("long-double", PixelType.Float64)]
    [InlineData("enum", PixelType.Int32)]
    public async Task Numbers_of_every_type_and_byte_order_are_read(string name, PixelType pixel)
    {
        var signal = await OpenAsync(name);
        Assert.Equal(pixel, signal.Header.Pixel);
        Assert.Equal("0 1 2 3 4 5", await Hdf5Files.ValuesAsync(signal, Ct));
    }

    [Theory]
    [InlineData("little-c8", PixelType.Complex64)]
    [InlineData("big-c8", PixelType.Complex64)]
    [InlineData("little-c16", PixelType.Complex128)]
    [InlineData("big-c16", PixelType.Complex128)]
    public async Task Complex_numbers_of_both_byte_orders_are_read(string name, PixelType pixel)
    {
        var signal = await OpenAsync(name);
        Assert.Equal(pixel, signal.Header.Pixel);
        Assert.Equal(string.Join(' ', Enumerable.Range(0, 6).Select(n => $"{{\"re\":{n},\"im\":{n + 10}}}")), await Hdf5Files.ValuesAsync(signal, Ct));
    }

    [Fact]
    public async Task Truth_values_and_colours_are_read()
    {
        Assert.Equal("false true false true false true", await Hdf5Files.ValuesAsync(await OpenAsync("bool"), Ct));
        Assert.Equal("[0,10,20] [1,11,21] [2,12,22] [3,13,23] [4,14,24] [5,15,25]", await Hdf5Files.ValuesAsync(await OpenAsync("rgb"), Ct));
    }

    [Fact]
    public async Task Texts_single_values_and_attributes_are_metadata()
    {
        using var file = Hdf5Files.Open("types.h5");
        var signals = await Hdf5Files.SignalsAsync(file, Ct);
        var original = signals["i1"].Header.Original.Root;
        Assert.Equal("[\"α\",\"beta\"]", original["texts"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal("[\"ab\",\"c\"]", original["fixed"]!.ToJsonString());
        Assert.Equal("2.5", original["scalar"]!.ToJsonString());
        Assert.Equal("keV", (string?)original["scalar@units"]);
        Assert.Equal("[7]", original["one"]!.ToJsonString());
        Assert.Equal("[]", original["empty"]!.ToJsonString());
        Assert.All((string[])["texts", "fixed", "scalar", "one", "empty", "null", "references"], name => Assert.DoesNotContain(name, signals.Keys));
    }

    /// <summary>Three records of a text and two numbers, one big endian.</summary>
    [Fact]
    public async Task Records_are_tables_of_their_numbers()
    {
        using var file = Hdf5Files.Open("records.h5");
        var table = (await Hdf5Files.SignalsAsync(file, Ct))["group/run"];
        Assert.Equal(SignalKind.Table, table.Header.Kind);
        Assert.Equal(["step", "U/V"], table.Header.Columns!.Select(column => column.Name));
        Assert.Equal("1 0.5 2 1.5 3 2.5", await Hdf5Files.ValuesAsync(table, Ct));
    }

    [Fact]
    public async Task A_file_with_a_user_block_is_read()
    {
        using var file = Hdf5Files.Open("user-block.mat");
        var reader = await FormatCatalog.DetectAsync(file, Ct);
        Assert.Equal("hdf5", reader.Format.Key);
        Assert.Equal("0 1 2 3 4 5", await Hdf5Files.ValuesAsync(Assert.Single(await reader.OpenAsync(file, Ct)), Ct));
    }

    [Fact]
    public async Task Each_object_is_listed_once_and_no_link_leaves_the_file()
    {
        using var file = Hdf5Files.Open("links.h5");
        var signal = Assert.Single(await Hdf5Files.SignalsAsync(file, Ct)).Value;
        Assert.Equal("a/data", signal.Header.Name);
        var original = signal.Header.Original.Root;
        Assert.Equal("-> /a/./data", (string?)original["soft"]);
        Assert.Equal("-> /etc/passwd:/", (string?)original["passwd"]);
    }

    private static async Task<ISignal> OpenAsync(string name)
    {
        var file = Hdf5Files.Open("types.h5");
        return (await Hdf5Files.SignalsAsync(file, Ct))[name];
    }
}
