using CryoHub.Imaging.Crystals;
using CryoHub.Imaging.Tables;

namespace CryoHub.Imaging;

/// <summary>What a signal is, without its pixels.</summary>
/// <param name="Name">Name in the file, or the file's own name.</param>
/// <param name="Kind">What it is to the scientist.</param>
/// <param name="Pixel">Number type of one pixel.</param>
/// <param name="Axes">Slowest first: navigation axes, then signal axes; a spectrum image is [y, x, energy], a stack [frame, y, x].</param>
/// <param name="Metadata">Normalised acquisition metadata.</param>
/// <param name="Original">Everything the file says, under its own names.</param>
public sealed record SignalHeader(string Name, SignalKind Kind, PixelType Pixel, IReadOnlyList<Axis> Axes, AcquisitionMetadata Metadata, MetadataTree Original)
{
    /// <summary>Set for rows of numbers (tables, traces, point clouds, models): the last axis counts these columns.</summary>
    public IReadOnlyList<SignalColumn>? Columns { get; init; }

    /// <summary>Set for a crystal structure; its pixels are the occupancies of its sites.</summary>
    public Crystal? Crystal { get; init; }

    /// <summary>Unit of the pixels' values (of a curve: of its ordinate); empty where the file states none.</summary>
    public string ValueUnit { get; init; } = "";

    /// <summary>Set where pixel values are names of classes or objects: what each stands for; empty where they are numbered only.</summary>
    public IReadOnlyList<LabelClass>? Labels { get; init; }

    /// <summary>Sizes of the axes, slowest first.</summary>
    public IReadOnlyList<long> Shape => [.. Axes.Select(axis => axis.Size)];

    /// <summary>Pixels in all.</summary>
    public long PixelCount => Shape.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>
    /// A frame is the last two axes: one image of a stack, one slice of a volume, one row of spectra ([x, energy]) of a spectrum image, one pattern of a
    /// diffraction scan; the whole signal where it has fewer than three axes.
    /// </summary>
    public long FrameCount => Shape.Take(Math.Max(0, Shape.Count - 2)).Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>Pixels of one frame.</summary>
    public long FramePixels => PixelCount == 0 ? 0 : PixelCount / FrameCount;

    /// <summary>Bytes of one frame in the native type.</summary>
    public long FrameBytes => checked(FramePixels * Pixel.Bytes());
}
