using CryoHub.Analyses;
using CryoHub.Imaging;
using CryoHub.Imaging.Pyramids;

namespace CryoHub.Cli.Results;

/// <summary>Writes a volume as OME-Zarr and keeps its middle slice for the preview.</summary>
internal sealed class FolderVolume(SignalHeader header, IZarrStore store, Func<ReadOnlyMemory<float>, Task> finished) : IVolumeWriter
{
    private readonly VolumeWriter zarr = new(header, store, header.Labels is not null);
    private readonly float[] middle = new float[header.FramePixels];
    private long written;

    public async Task WriteSlabAsync(long firstSlice, ReadOnlyMemory<byte> slices, CancellationToken ct)
    {
        var wanted = (header.FrameCount / 2) - firstSlice;
        var count = slices.Length / header.FrameBytes;
        if (wanted >= 0 && wanted < count)
        {
            PixelFloats.ToFloat(slices.Span.Slice((int)(wanted * header.FrameBytes), (int)header.FrameBytes), header.Pixel, middle);
        }

        await zarr.WriteSlabAsync(firstSlice, slices, ct);
        written += count;
    }

    /// <summary>Finishes a complete volume; one that broke off is left without its root document, so no reader takes it for whole.</summary>
    public async ValueTask DisposeAsync()
    {
        if (written == header.FrameCount)
        {
            await zarr.FinishAsync(CancellationToken.None);
            await finished(middle);
        }
    }
}
