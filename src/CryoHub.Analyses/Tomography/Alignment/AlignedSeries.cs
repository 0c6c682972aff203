using System.Buffers;
using System.Runtime.InteropServices;
using CryoHub.Imaging;
using CryoHub.Numerics.Registration;
using CryoHub.Numerics.Tomography;
using CryoHub.Numerics.Tomography.Alignment;

namespace CryoHub.Analyses.Tomography.Alignment;

/// <summary>The views of a series as an alignment sees them, resampled while they are read: tilt axis upwards through the middle.</summary>
internal sealed class AlignedSeries : ISignal
{
    private readonly ISignal source;
    private readonly IReadOnlyList<int> frames;
    private readonly IReadOnlyList<ViewPose> poses;

    /// <param name="source">The raw series [view, y, x].</param>
    /// <param name="frames">Its frame of each view.</param>
    /// <param name="poses">The pose of each view.</param>
    /// <param name="angles">The angle that each view goes by, in degrees.</param>
    public AlignedSeries(ISignal source, IReadOnlyList<int> frames, IReadOnlyList<ViewPose> poses, IReadOnlyList<double> angles)
    {
        (this.source, this.frames, this.poses) = (source, frames, poses);
        var header = source.Header;
        (Rows, Columns) = ((int)header.Axes[1].Size, (int)header.Axes[2].Size);
        var grid = new ProjectionGrid(Rows, Columns, poses.Average(pose => pose.Rotation));
        (Along, Across) = (grid.Along, grid.Across);
        var (yAxis, xAxis) = Across == Columns ? (header.Axes[1], header.Axes[2]) : (header.Axes[2], header.Axes[1]);
        Header = header with
        {
            Name = $"{header.Name}, aligned",
            Kind = SignalKind.TiltSeries,
            Pixel = PixelType.Float32,
            Axes = [new Axis("tilt", poses.Count, "deg", AxisRole.Tilt, Values: angles), yAxis with { Name = "y", Size = Along }, xAxis with { Name = "x", Size = Across }],
            Metadata = header.Metadata with { TiltAxisDeg = 0 },
        };
    }

    public SignalHeader Header { get; }

    /// <summary>Pixels of a raw view along y.</summary>
    public int Rows { get; }

    /// <summary>Pixels of a raw view along x.</summary>
    public int Columns { get; }

    private int Along { get; }

    private int Across { get; }

    /// <summary>Reads a view as it is into <paramref name="raw"/> and as the alignment sees it into <paramref name="aligned"/>.</summary>
    public async ValueTask ReadAsync(int view, Memory<float> raw, Memory<float> aligned, CancellationToken ct)
    {
        await source.ReadAsync(frames[view], raw, ct);
        Sampling(poses[view]).Cubic(raw.Span, Rows, Columns, aligned.Span, Along, Across, Rim(raw.Span));
    }

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        var (raw, aligned) = (ArrayPool<float>.Shared.Rent(Rows * Columns), ArrayPool<float>.Shared.Rent(Along * Across));
        try
        {
            await ReadAsync((int)frame, raw.AsMemory(0, Rows * Columns), aligned.AsMemory(0, Along * Across), ct);
            MemoryMarshal.AsBytes(aligned.AsSpan(0, Along * Across)).CopyTo(destination.Span);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(raw);
            ArrayPool<float>.Shared.Return(aligned);
        }
    }

    private static AffineSampling Sampling(ViewPose pose)
    {
        var (sin, cos) = Math.SinCos(pose.Rotation * Math.PI / 180);
        var m = pose.Magnification;
        return new(m * cos, m * sin, -m * sin, m * cos, pose.ShiftX, pose.ShiftY);
    }

    /// <summary>What lies beyond the image: the mean of its rim.</summary>
    private float Rim(ReadOnlySpan<float> image)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < image.Length; i++)
        {
            if (i < Columns || i >= image.Length - Columns || i % Columns == 0 || i % Columns == Columns - 1)
            {
                (sum, count) = (sum + image[i], count + 1);
            }
        }

        return (float)(sum / count);
    }
}
