using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Mib;

/// <summary>Quantum Detectors' Merlin: frames, each behind a line of text, and the .hdr file with the set-up.</summary>
public sealed class MibReader : IFormatReader
{
    private const int LongestFrameHeader = 4096;

    public FormatInfo Format { get; } = new(
        "mib",
        "Merlin (.mib and .hdr)",
        [".mib", ".hdr"],
        "counter depths of 1, 6, 12 and 24 bits, processed and raw, one chip and four, regions, scans by the .hdr file; the .hdr file alone as text",
        "raw frames of four chips that show a region only",
        "https://hyperspy.org/rosettasciio/supported_formats/quantumdetector.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        MibFrameHeader.Of(head) is not null ? Match.Certain
        : head.StartsWith("HDR,\t"u8) && fileName.EndsWith(".hdr", StringComparison.OrdinalIgnoreCase) ? Match.Certain
        : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var name = Path.GetFileNameWithoutExtension(file.Name);
        if (MibFrameHeader.Of(await file.Bytes.ReadBlockAsync(0, Math.Min(LongestFrameHeader, file.Bytes.Length), ct)) is not { } first)
        {
            var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
            return text.Span.StartsWith("HDR,"u8)
                ? [DocumentSignal.Of(name, text.Decode(text.Span), new MetadataTree(MibSetup.Parse(text).Original))]
                : throw ProblemException.Unreadable($"{file.Name} begins neither with a frame of Merlin (MQ1) nor as its set-up (HDR).");
        }

        var setup = file.Sibling($"{name}.hdr") is { } beside ? MibSetup.Parse(await TextBytes.ReadAsync($"{name}.hdr", beside, ct)) : null;
        var layout = MibLayout.Of(first, setup?.CounterDepth);
        var count = file.Bytes.Length / layout.RecordBytes;
        if (count == 0)
        {
            throw ProblemException.Unreadable($"One frame takes {layout.RecordBytes} bytes ({layout.Columns} x {layout.Rows} pixels); the file holds {file.Bytes.Length}.");
        }

        List<Axis> axes = [.. Navigation(count, setup?.Scan), new Axis("y", layout.Rows, "", AxisRole.Reciprocal), new Axis("x", layout.Columns, "", AxisRole.Reciprocal)];
        var original = new JsonObject { ["firstFrame"] = first.Original() };
        if (setup is not null)
        {
            original["hdr"] = setup.Original.DeepClone();
        }

        var metadata = new AcquisitionMetadata { AcquiredAt = first.AcquiredAt, ExposureS = first.ExposureS, Detector = "Merlin" };
        var kind = axes.Count switch { 2 => SignalKind.Diffraction, 3 => SignalKind.ImageStack, _ => SignalKind.DiffractionScan };
        var header = new SignalHeader(name, kind, layout.Pixel, axes, metadata, new MetadataTree(original));
        PixelBudget.Check(header, file.Bytes.Length * 8);   // a raw frame holds eight pixels a byte
        return [new MibSignal(header, file.Bytes, layout)];
    }

    /// <summary>Rows of a scan that was broken off are left out where they are not complete; a scan of one row or column is a series.</summary>
    private static List<Axis> Navigation(long frames, (int Rows, int Columns)? scan)
    {
        if (scan is { Rows: > 1, Columns: > 1 } known && frames >= known.Columns)
        {
            var rows = Math.Min(known.Rows, frames / known.Columns);
            List<Axis> axes = [new Axis("scan_x", known.Columns, "", AxisRole.Space)];
            return rows > 1 ? [new Axis("scan_y", rows, "", AxisRole.Space), .. axes] : axes;
        }

        return frames > 1 ? [new Axis("frame", frames, "", AxisRole.Frame)] : [];
    }
}
