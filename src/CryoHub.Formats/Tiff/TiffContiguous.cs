using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff;

/// <summary>Stacks with one directory only: ImageJ (above 4 GiB) and tifffile describe the first page and let the others follow it byte by byte.</summary>
internal static class TiffContiguous
{
    public static IReadOnlyList<TiffPage> Expand(IByteSource file, TiffPage first, IReadOnlyList<Axis> leading)
    {
        var frame = first.Format.FrameBytes;
        var pages = leading.Aggregate(1m, (product, axis) => product * axis.Size);
        if (pages <= 1 || first.Format.IsCompressed || first.Tiled || first.Format.Bits % 8 != 0 || first.Offsets[0] + (pages * frame) > file.Length || !IsContiguous(first))
        {
            return [first];
        }

        return [.. Enumerable.Range(0, (int)pages).Select(page => first with { Offsets = [.. first.Offsets.Select(offset => offset + (page * frame))] })];
    }

    private static bool IsContiguous(TiffPage page) => page.Offsets.Zip(page.Counts).Zip(page.Offsets.Skip(1)).All(pair => pair.First.First + pair.First.Second == pair.Second);
}
