using CryoHub.Formats.Tiff;
using CryoHub.Formats.Tiff.Ome;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Tiff;

public sealed class OmeLabelsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_labels_stand_for_goes_through_a_file()
    {
        LabelClass[] labels = [new(1, "Metal <Li> & void", "#8567FA"), new(7, "Outer SEI", "#28B5FA")];
        Axis[] axes = [new("y", 1, "nm", AxisRole.Space, 0.5), new("x", 2, "nm", AxisRole.Space, 0.5)];
        using var written = new MemoryStream();
        await new OmeTiffWriter().WriteAsync(new ArraySignal(new("Labels", SignalKind.Image, PixelType.UInt8, axes, AcquisitionMetadata.None, MetadataTree.Empty) { Labels = labels }, new byte[] { 1, 7 }), written, Ct);
        var read = Assert.Single(await new TiffReader().OpenAsync(new MemoryFile("labels.ome.tif", written.ToArray()), Ct));
        Assert.Equal(labels, read.Header.Labels);
        Assert.Equal([1, 7], await read.ValuesAsync());
    }

    /// <summary>Written by hand after the schema; a value that is none, a second name for one and a colour that is none.</summary>
    [Theory]
    [InlineData("", null)]
    [InlineData("""<M K="2">Metal</M><M K="2">Twice</M><M K="-1">Below</M><M K="x">None</M><M K="3"></M>""", "2 Metal #E8EDF1")]
    public async Task Names_of_values_are_read_and_what_is_none_is_left_out(string names, string? expected)
    {
        var ome = $"""
            <OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image><Pixels DimensionOrder="XYZCT" SizeX="2" SizeY="1" SizeZ="1" SizeC="1" SizeT="1"/></Image><StructuredAnnotations>
            <MapAnnotation ID="Annotation:0" Namespace="cryohub/labels/names"><Value>{names}</Value></MapAnnotation>
            <MapAnnotation ID="Annotation:1" Namespace="cryohub/labels/colours"><Value><M K="2">red; background:url(x)</M></Value></MapAnnotation>
            <MapAnnotation ID="Annotation:2" Namespace="somebody/else"><Value><M K="9">Other</M></Value></MapAnnotation>
            </StructuredAnnotations></OME>
            """;
        var read = Assert.Single(await new TiffReader().OpenAsync(new MemoryFile("labels.ome.tif", TiffBytes.Grey(2, 1, 8, [2, 2], more: TiffBytes.Tag.Of(270, ome))), Ct));
        Assert.Equal(expected, read.Header.Labels is { } labels ? string.Join(", ", labels.Select(label => $"{label.Value} {label.Name} {label.Colour}")) : null);
    }
}
