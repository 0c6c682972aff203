using CryoHub.Imaging;
using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Movies;

/// <summary>Groups of frames of a movie, in full for the sum and binned in memory for the comparison.</summary>
internal sealed class MovieFrames
{
    private readonly ISignal signal;
    private readonly int first;
    private readonly int perGroup;
    private readonly int last;
    private readonly float[] frame;

    /// <exception cref="ProblemException">The movie is no stack, or too few frames are left.</exception>
    public MovieFrames(ISignal signal, MovieAlignParameters parameters)
    {
        var axes = signal.Header.Axes;
        if (axes.Count != 3)
        {
            throw ProblemException.Invalid($"A movie has three axes [frame, y, x]; \"{signal.Header.Name}\" has {axes.Count}: {string.Join(" x ", signal.Header.Shape)}.");
        }

        (this.signal, first, perGroup, last) = (signal, parameters.Throw, parameters.Group, (int)axes[0].Size - parameters.Trunc);
        (Rows, Columns) = ((int)axes[1].Size, (int)axes[2].Size);
        Count = (last - first + perGroup - 1) / perGroup;
        if (last - first < 2 || Count < 2)
        {
            throw ProblemException.Invalid($"Of {axes[0].Size} frames {parameters.Throw} are thrown and {parameters.Trunc} cut off: {Math.Max(0, last - first)} frames in groups of {perGroup} leave nothing to align; at least 2 groups are needed.");
        }

        frame = new float[Rows * Columns];
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Groups.</summary>
    public int Count { get; }

    /// <summary>Frames of the file that have been exposed when a group ends.</summary>
    public int ExposedAfter(int group) => Math.Min(last, first + ((group + 1) * perGroup));

    /// <summary>Sum of a group's frames.</summary>
    public async Task ReadAsync(int group, float[] sum, CancellationToken ct)
    {
        sum.AsSpan().Clear();
        for (var i = first + (group * perGroup); i < ExposedAfter(group); i++)
        {
            await signal.ReadAsync(i, frame, ct);
            InputChecks.RequireValues(frame, Columns, $"Frame {i + 1}");
            for (var pixel = 0; pixel < sum.Length; pixel++)
            {
                sum[pixel] += frame[pixel];
            }
        }
    }

    /// <summary>All groups binned by <paramref name="binning"/>.</summary>
    public async Task<float[][]> ReadAllAsync(int binning, IProgress<Step> progress, CancellationToken ct)
    {
        var sum = new float[Rows * Columns];
        var images = new float[Count][];
        for (var group = 0; group < Count; group++)
        {
            progress.Report(new Step(0.3 * group / Count, $"Reading frame {group + 1} of {Count}"));
            await ReadAsync(group, sum, ct);
            images[group] = binning == 1 ? (float[])sum.Clone() : new float[Rows / binning * (Columns / binning)];
            if (binning > 1)
            {
                Binning.Mean(sum, Columns, binning, images[group]);
            }
        }

        return images;
    }
}
