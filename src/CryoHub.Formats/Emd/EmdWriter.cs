using CryoHub.Formats.Bytes;
using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.Emd;

/// <summary>Berkeley's EMD, version 0.2: one group with the array and a list of coordinates for each of its dimensions, x first.</summary>
public sealed class EmdWriter : IFormatWriter
{
    public string Extension => ".emd";

    public string Writes => "any signal as Berkeley EMD, with its axes";

    public string? Refusal(SignalHeader header) => Hdf5Export.TooLong("EMD", header);

    public async Task<string?> WriteAsync(ISignal signal, Stream output, CancellationToken ct)
    {
        var header = signal.Header;
        if (Refusal(header) is { } refusal)
        {
            throw ProblemException.Invalid(refusal);
        }

        await Hdf5Export.WriteAsync(output, file => WriteAsync(file, signal, ct), false, ct);
        return header.Columns is null ? null : "EMD knows no names of columns: they are left out.";
    }

    private static async Task WriteAsync(Hdf5Output file, ISignal signal, CancellationToken ct)
    {
        var header = signal.Header;
        var rank = header.Axes.Count;
        var group = $"data/{Hdf5Output.Name(header.Name is { Length: > 0 } name ? name : "signal")}";
        file.Attribute("/", "version_major", 0L);
        file.Attribute("/", "version_minor", 2L);
        file.Group("data");
        file.Group(group);
        file.Attribute(group, "emd_group_type", 1L);
        for (var i = 0; i < rank; i++)
        {
            var axis = header.Axes[rank - 1 - i];
            file.Values($"{group}/dim{i + 1}", [.. Enumerable.Range(0, (int)axis.Size).Select(index => axis.At(index))]);
            file.Attribute($"{group}/dim{i + 1}", "name", axis.Name);
            file.Attribute($"{group}/dim{i + 1}", "units", axis.IsCalibrated ? $"[{axis.Unit}]" : "");
        }

        file.Group("microscope");
        if (header.Metadata.BeamEnergyKeV is { } energy)
        {
            file.Attribute("microscope", "voltage", FormattableString.Invariant($"{energy:R} kV"));
        }

        if (header.Metadata.Instrument is { } instrument)
        {
            file.Attribute("microscope", "name", instrument);
        }

        // Dimension 1 is the fastest of ours: every frame is turned.
        long[] shape = [.. header.Shape.Reverse()];
        long[] chunk = [.. Hdf5Export.Chunk(header.Shape, header.Pixel.Bytes()).Reverse()];
        using var array = file.Array($"{group}/data", header.Pixel, shape, chunk);
        var turned = new byte[header.FrameBytes];
        var frame = 0L;
        await Frames.ForEachAsync(signal, pixels =>
        {
            if (rank > 1)
            {
                BlockSignal.Transpose(pixels.Span, turned, (int)header.Shape[^1], (int)header.Shape[^2], header.Pixel.Bytes());
            }
            else
            {
                pixels.CopyTo(turned);
            }

            var (start, count) = Hdf5Export.Block(header.Shape, frame++);
            array.Write([.. start.Reverse()], [.. count.Reverse()], turned);
            return ValueTask.CompletedTask;
        }, ct);
    }
}
