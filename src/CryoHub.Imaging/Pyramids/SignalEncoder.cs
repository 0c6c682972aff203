using System.Text.Json.Nodes;
using CryoHub.Imaging.Histograms;

namespace CryoHub.Imaging.Pyramids;

/// <summary>Takes the slabs of a signal in order and makes of each, while it is in memory, everything CryoHub keeps: pixels, pyramid, navigator, statistics.</summary>
internal sealed class SignalEncoder
{
    private const string ModulusPrefix = "modulus/";

    private readonly SignalHeader header;
    private readonly IZarrStore store;
    private readonly Multiscale? pyramid;
    private readonly ShardedArrayWriter? plain;
    private readonly Navigator? navigator;
    private readonly ValueTally tally;
    private readonly CurveKeeper? curve;
    private readonly SlabFiller? modulusSlabs;   // its slabs are deeper than those of the complex pixels
    private byte[] modulus = [];

    public SignalEncoder(SignalHeader header, IZarrStore store, bool labels = false)
    {
        (this.header, this.store) = (header, store);
        Check(header);
        tally = ValueTally.For(header.Pixel, header.PixelCount);
        navigator = Navigator.Suits(header) ? new(header) : null;
        curve = IsPicture(header) || IsText(header) ? null : new(header);
        if (IsPicture(header))
        {
            pyramid = header.Pixel.IsComplex() ? new(header, PixelType.Float32, ModulusPrefix, store) : new(header, header.Pixel, "", store, labels);
            modulusSlabs = header.Pixel.IsComplex() ? new(pyramid.Plan, pyramid.WriteAsync) : null;
        }

        if (pyramid is null || header.Pixel.IsComplex())
        {
            plain = new(ArrayPlans.For(header.Columns is null ? header.Kind : SignalKind.Table, header.Pixel, header.Shape, 0), "0", store, OmeAxes.Names(header.Axes, header.Pixel));
        }
    }

    /// <summary>How the slabs come: <see cref="ArrayPlan.SlabPlanes"/> planes each, fewer at the end of an outer index.</summary>
    public ArrayPlan Plan => plain?.Plan ?? pyramid!.Plan;

    public async Task WriteSlabAsync(long outer, int firstPlane, ReadOnlyMemory<byte> planes, CancellationToken ct)
    {
        var display = header.Pixel.IsComplex() ? ModulusOf(planes) : planes;
        var shown = header.Pixel.IsComplex() ? PixelType.Float32 : header.Pixel;
        await Task.WhenAll(
            modulusSlabs?.AddAsync(display, ct) ?? pyramid?.WriteAsync(outer, firstPlane, display, ct) ?? Task.CompletedTask,
            plain is null ? Task.CompletedTask : Task.Run(() => plain.WriteSlabAsync(outer, firstPlane / Plan.Shard.Depth, planes, planes.Length / Plan.PlaneBytes, ct), ct),
            Task.Run(() => Count(shown, (outer * Plan.Depth) + firstPlane, display), ct));
    }

    public async Task<SignalSummary> FinishAsync(CancellationToken ct)
    {
        modulusSlabs?.Dispose();
        await (plain?.FinishAsync(ct) ?? Task.CompletedTask);
        await (pyramid?.FinishAsync(ct) ?? Task.CompletedTask);
        var picture = navigator is null ? pyramid?.Thumbnail : await navigator.WriteAsync(store, ct);
        var attributes = new JsonObject { ["cryohub"] = CryoHubAttribute.Of(header, Display) };
        if (pyramid is not null && Display == "modulus")
        {
            await store.PutAsync(ModulusPrefix + "zarr.json", ZarrDocuments.Group(new() { ["ome"] = pyramid.Attribute() }), ct);
        }
        else if (pyramid is not null)
        {
            attributes["ome"] = pyramid.Attribute();
        }

        await store.PutAsync("zarr.json", ZarrDocuments.Group(attributes), ct);   // last: a group half written is not seen as one
        var thumbnail = picture is { Plane.Length: > 0 } ? Thumbnail.Picture(picture, header.Kind == SignalKind.Diffraction) : curve is null ? [] : Thumbnail.Curve(curve.Values);
        return new(tally.Statistics(), tally.Histogram(), tally.Percentiles(), thumbnail);
    }

    private string Display => navigator is not null ? "navigator" : pyramid is not null && header.Pixel.IsComplex() ? "modulus" : "";

    private static bool IsPicture(SignalHeader header) => header.Axes.Count >= 2 && header.Columns is null && header.Kind
        is SignalKind.Image or SignalKind.ImageStack or SignalKind.TiltSeries or SignalKind.Volume or SignalKind.Diffraction or SignalKind.Photo or SignalKind.EbsdMap;

    /// <summary>What is read, not looked at: a curve through a letter's code or a table's cells says nothing.</summary>
    private static bool IsText(SignalHeader header) => header.Columns is not null || header.Kind is SignalKind.Document or SignalKind.Structure;

    private static void Check(SignalHeader header)
    {
        if (header.Axes.Count == 0 || header.Axes.FirstOrDefault(axis => axis.Size <= 0) is not null)
        {
            throw ProblemException.Unreadable($"{header.Name} holds no pixels: its shape is {string.Join(" x ", header.Shape)}.");
        }

        if (header.FrameBytes > Array.MaxLength)
        {
            throw ProblemException.Unreadable($"One frame of {header.Name} takes {header.FrameBytes} bytes; at most {Array.MaxLength} can be taken in.");
        }
    }

    private void Count(PixelType shown, long firstPlane, ReadOnlyMemory<byte> planes)
    {
        tally.Add(planes.Span);
        navigator?.Add(shown, firstPlane, (long)Plan.Rows * Plan.Columns, planes.Span);
        curve?.Add(shown, planes.Span);
    }

    private ReadOnlyMemory<byte> ModulusOf(ReadOnlyMemory<byte> planes)
    {
        var bytes = planes.Length / header.Pixel.Bytes() * sizeof(float);
        modulus = modulus.Length < bytes ? GC.AllocateUninitializedArray<byte>(bytes) : modulus;
        Modulus.Of(header.Pixel, planes.Span, modulus.AsSpan(0, bytes));
        return modulus.AsMemory(0, bytes);
    }
}
