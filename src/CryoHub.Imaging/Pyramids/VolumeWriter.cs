namespace CryoHub.Imaging.Pyramids;

/// <summary>Writes a signal whose slices come from a calculation, in order and in portions of any size, as the same zarr group that ingest writes.</summary>
/// <param name="header">What is written: [z, y, x] for a volume.</param>
/// <param name="store">The group's root.</param>
/// <param name="labels">True where pixel values are names of objects: levels then keep a pixel instead of averaging.</param>
public sealed class VolumeWriter(SignalHeader header, IZarrStore store, bool labels = false)
{
    private readonly SignalEncoder encoder = new(header, store, labels);
    private SlabFiller? slabs;

    /// <summary>Takes whole slices in the header's pixel type; the memory may be reused afterwards.</summary>
    public Task WriteSlabAsync(long firstSlice, ReadOnlyMemory<byte> slices, CancellationToken ct)
    {
        slabs ??= new(encoder.Plan, encoder.WriteSlabAsync);
        if (firstSlice != slabs.Planes || slices.Length % encoder.Plan.PlaneBytes != 0)
        {
            throw new ArgumentException(
                $"Slice {slabs.Planes} of {encoder.Plan.PlaneBytes} bytes was expected; {slices.Length} bytes from slice {firstSlice} came.", nameof(firstSlice));
        }

        return slabs.AddAsync(slices, ct);
    }

    /// <summary>Finishes the group; until then a reader sees none.</summary>
    public Task<SignalSummary> FinishAsync(CancellationToken ct)
    {
        var (written, wanted) = (slabs?.Planes ?? 0, encoder.Plan.Outer * encoder.Plan.Depth);
        if (written != wanted)
        {
            throw new InvalidOperationException($"{header.Name}: {written} of {wanted} slices were written.");
        }

        slabs!.Dispose();
        return encoder.FinishAsync(ct);
    }
}
