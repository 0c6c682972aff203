using CryoHub.Formats.Tests.Mrc;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Contract;

public sealed class WriterTests
{
    [Fact]
    public void Every_writer_is_in_the_catalogue_once_and_under_an_ending_of_its_own()
    {
        var writers = typeof(IFormatWriter).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IFormatWriter)) && type is { IsInterface: false, IsAbstract: false });
        Assert.Equal(writers.Select(type => type.Name).Order(), FormatCatalog.Writers.Select(writer => writer.GetType().Name).Order());
        Assert.Distinct(FormatCatalog.Writers.Select(writer => writer.Extension));
        Assert.All(FormatCatalog.Writers, writer => Assert.NotEmpty(writer.Writes));
    }

    public static TheoryData<string> Endings => [.. FormatCatalog.Writers.Select(writer => writer.Extension)];

    /// <summary>What a menu offers by the header alone must work: every pixel type in every number of axes, tables, texts, odd names, uneven and single-point axes.</summary>
    [Theory]
    [MemberData(nameof(Endings))]
    public async Task What_a_writer_does_not_refuse_it_writes_and_what_it_refuses_it_does_not_write(string extension)
    {
        var writer = FormatCatalog.Writers.Single(known => known.Extension == extension);
        foreach (var signal in Signals())
        {
            using var output = new MemoryStream();
            if (writer.Refusal(signal.Header) is not { } refusal)
            {
                await writer.WriteAsync(signal, output, Ct);
                Assert.True(output.Length > 0, $"{signal.Header.Name} as {extension} is empty");
                continue;
            }

            var problem = await Assert.ThrowsAsync<ProblemException>(() => writer.WriteAsync(signal, output, Ct));
            Assert.Equal((ProblemKind.Invalid, refusal), (problem.Kind, problem.Message));
        }
    }

    [Theory]
    [InlineData(".emd")]
    [InlineData(".nxs")]
    public void Formats_that_list_coordinates_refuse_an_axis_of_too_many(string extension)
    {
        var header = new SignalHeader("a", SignalKind.Trace, PixelType.UInt8, [new Axis("t", (1 << 24) + 1, "s", AxisRole.Time)], AcquisitionMetadata.None, MetadataTree.Empty);
        Assert.Contains("16777217 points", FormatCatalog.Writers.Single(writer => writer.Extension == extension).Refusal(header), StringComparison.Ordinal);
    }

    private static IEnumerable<ISignal> Signals()
    {
        foreach (var pixel in Enum.GetValues<PixelType>())
        {
            for (var axes = 1; axes <= 6; axes++)
            {
                yield return Of($"{pixel} {axes}/\0\u00E9", pixel, [.. Enumerable.Range(0, axes).Select(i => new Axis($"axis {i}", 2 + (i % 2), i % 2 == 0 ? "nm" : "", AxisRole.Space, 0.5, -1))]);
            }

            yield return Of("", pixel, [new Axis("", 1, "", AxisRole.Space), new Axis("", 1, "", AxisRole.Space)]);
            yield return Of("uneven", pixel, [new Axis("E", 3, "eV", AxisRole.Energy, Values: [1, 2, 4])]);
            yield return Of("same names", pixel, [new Axis("x", 2, "nm", AxisRole.Space), new Axis("x", 2, "nm", AxisRole.Space)]);
        }

        yield return TableSignal.Of("table", SignalKind.Table, [new TableColumn("t", "s", [1, double.NaN]), TableColumn.OfWords("state", ["R", ""])], AcquisitionMetadata.None, MetadataTree.Empty);
        yield return DocumentSignal.Of("note.txt", "text"u8.ToArray(), AcquisitionMetadata.None, MetadataTree.Empty);
    }

    private static ArraySignal Of(string name, PixelType pixel, IReadOnlyList<Axis> axes)
    {
        var header = new SignalHeader(name, axes.Count == 1 ? SignalKind.Spectrum : SignalKind.Image, pixel, axes, AcquisitionMetadata.None, MetadataTree.Empty);
        return new ArraySignal(header, new byte[header.PixelCount * pixel.Bytes()]);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_written_as_MRC_is_read_back_byte_for_byte()
    {
        var ct = TestContext.Current.CancellationToken;
        byte[] pixels = [.. Enumerable.Range(0, 24).Select(i => (byte)(11 * i))];
        var original = (await new CryoHub.Formats.Mrc.MrcReader().OpenAsync(new MemoryFile("a.mrc", MrcBytes.File(3, 2, 2, 1, pixels)), ct))[0];
        using var output = new MemoryStream();
        Assert.Null(await new CryoHub.Formats.Mrc.MrcWriter().WriteAsync(original, output, ct));
        var back = (await new CryoHub.Formats.Mrc.MrcReader().OpenAsync(new MemoryFile("a.mrc", output.ToArray()), ct))[0];
        Assert.Equal(original.Header.Shape, back.Header.Shape);
        Assert.Equal(pixels, output.ToArray()[1024..]);
    }
}
