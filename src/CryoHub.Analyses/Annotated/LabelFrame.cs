using CryoHub.Imaging;

namespace CryoHub.Analyses.Annotated;

/// <summary>One frame of a label image, stack or volume.</summary>
internal sealed class LabelFrame
{
    private LabelFrame(int[] labels, int width, int height) => (Labels, Width, Height) = (labels, width, height);

    public int[] Labels { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Reads frame <paramref name="frame"/>; voxels without a value count as label 0.</summary>
    /// <exception cref="ProblemException">There is no such frame, or pixels are no labels.</exception>
    public static async Task<LabelFrame> ReadAsync(ISignal signal, long frame, CancellationToken ct)
    {
        var header = signal.Header;
        RequireFrame(header, frame);
        var pixels = new float[checked((int)header.FramePixels)];
        await signal.ReadAsync(frame, pixels, ct);
        return new LabelFrame(Whole(pixels, header), (int)header.Axes[^1].Size, (int)header.Axes[^2].Size);
    }

    /// <exception cref="ProblemException">There is no such frame.</exception>
    public static void RequireFrame(SignalHeader header, long frame)
    {
        if (header.Axes.Count < 2 || frame >= header.FrameCount || header.FramePixels == 0)
        {
            throw ProblemException.Invalid($"\"{header.Name}\" has {(header.Axes.Count < 2 ? 0 : header.FrameCount)} frames ({string.Join(" x ", header.Shape)}); frame {frame} does not exist.");
        }
    }

    /// <summary>Pixels as whole numbers; what has no value is without label, 0.</summary>
    /// <exception cref="ProblemException">A pixel is no label.</exception>
    public static int[] Whole(ReadOnlySpan<float> pixels, SignalHeader header)
    {
        const int most = 1 << 24; // float32 holds whole numbers up to here
        var labels = new int[pixels.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            var value = float.IsNaN(pixels[i]) ? 0 : pixels[i];
            labels[i] = value == MathF.Floor(value) && value is >= 0 and <= most
                ? (int)value
                : throw ProblemException.Invalid($"Labels are whole numbers from 0 to {most}; \"{header.Name}\" holds {value:g6} ({header.Pixel.Name()}).");
        }

        return labels;
    }

    /// <summary>1 where the label is one of these, 0 elsewhere.</summary>
    public float[] Mask(params ReadOnlySpan<int> wanted)
    {
        var mask = new float[Labels.Length];
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = wanted.Contains(Labels[i]) ? 1 : 0;
        }

        return mask;
    }

    /// <summary>The labels that occur, and on how many pixels.</summary>
    public SortedDictionary<int, int> Counts()
    {
        var counts = new SortedDictionary<int, int>();
        foreach (var label in Labels)
        {
            counts[label] = counts.GetValueOrDefault(label) + 1;
        }

        return counts;
    }
}
