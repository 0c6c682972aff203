using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Npy;

/// <summary>One array in NumPy's file format as a signal.</summary>
internal static class NpyArray
{
    public static async Task<ISignal> OpenAsync(string name, IByteSource file, CancellationToken ct)
    {
        var header = await NpyHeader.ReadAsync(file, name, ct);
        var original = new MetadataTree(new JsonObject
        {
            ["descr"] = header.Type.DeepClone(),
            ["fortran_order"] = header.FortranOrder,
            ["shape"] = new JsonArray([.. header.Shape.Select(size => JsonValue.Create(size))]),
        });
        return await NpyRecords.OpenAsync(name, header, file, original, ct)
            ?? Open(name, header, file, AnonymousAxes.Of(header.Shape), AnonymousAxes.Kind(header.Shape.Count), AcquisitionMetadata.None, original);
    }

    /// <summary>With axes and metadata that another member of the archive states.</summary>
    public static ISignal Open(
        string name, NpyHeader header, IByteSource file, IReadOnlyList<Axis> axes, SignalKind kind, AcquisitionMetadata metadata, MetadataTree original)
    {
        var type = NpyType.Of(header.Type, name);
        if (type.Pixel.IsColour() && kind == SignalKind.Image)
        {
            kind = SignalKind.Photo;
        }

        var signal = new SignalHeader(name, kind, type.Pixel, axes, metadata, original);
        if (!header.FortranOrder || axes.Count < 2)
        {
            return RawSignal.Of(signal, file, header.DataOffset, type.BigEndian);
        }

        // First axis fastest: a C-order array with its axes the other way round.
        var stored = RawSignal.Of(signal with { Axes = [.. axes.Reverse()] }, file, header.DataOffset, type.BigEndian);
        return PermutedSignal.Of(signal, stored, [.. Enumerable.Range(0, axes.Count).Reverse()]);
    }
}
