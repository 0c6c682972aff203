using System.Runtime.InteropServices;
using CryoHub.Formats.Bytes;
using CryoHub.Formats.Zip;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Jpk;

/// <summary>One channel of one segment of all curves of a map; those that are shorter than the longest, and those not measured, end in NaN.</summary>
internal sealed class JpkMapSignal(
    SignalHeader header, ZipDirectory zip, IReadOnlyDictionary<string, ZipMember> members, JpkProperties? shared, JpkMapPlace place) : ISignal
{
    private const long LargestDescription = 1 << 20;

    public SignalHeader Header { get; } = header;

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, Header.FrameCount);
        var (columns, samples) = ((int)Header.Shape[1], (int)Header.Shape[2]);
        for (var column = 0; column < columns; column++)
        {
            ct.ThrowIfCancellationRequested();
            var values = await CurveAsync($"index/{place.Curve(frame, column, columns)}/segments/{place.Segment}/", ct);
            var row = MemoryMarshal.Cast<byte, double>(destination.Span).Slice(column * samples, samples);
            row.Fill(double.NaN);
            values.AsSpan(0, Math.Min(values.Length, samples)).CopyTo(row);
        }
    }

    /// <summary>Every curve describes its channels itself, or by number in the data shared by all.</summary>
    private async Task<double[]> CurveAsync(string folder, CancellationToken ct)
    {
        if (await TakeAsync($"{folder}segment-header.properties", LargestDescription, ct) is not { } text)
        {
            return [];
        }

        var properties = JpkProperties.Parse(text);
        var bytes = await TakeAsync(folder + JpkSegment.DataName(properties, place.Channel), Header.Shape[2] * sizeof(double), ct);
        return bytes is null ? [] : JpkChannel.Of(properties, shared, place.Channel).Decode(bytes);
    }

    private async Task<byte[]?> TakeAsync(string name, long most, CancellationToken ct)
    {
        if (!members.TryGetValue(name, out var member))
        {
            return null;
        }

        var source = await zip.OpenAsync(member, ct);
        return source.Length <= most ? await source.ReadBlockAsync(0, source.Length, ct)
            : throw ProblemException.Unreadable($"{name} has {source.Length} bytes; at most {most} are read.");
    }
}
