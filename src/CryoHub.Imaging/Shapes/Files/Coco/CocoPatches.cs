using System.Text.Json;

namespace CryoHub.Imaging.Shapes.Files.Coco;

/// <summary>Masks of one file, with a limit on what they unpack to.</summary>
internal sealed class CocoPatches(string fileName, DrawnPicture picture)
{
    /// <summary>Pixels of all boxes round masks: two hundred masks over a picture of 2048 by 2048.</summary>
    private const long MostPixels = 1L << 30;

    private long pixels;

    public string FileName => fileName;

    /// <summary>Outlines of a mask: lengths of runs as numbers or as text, with the picture's size.</summary>
    public IReadOnlyList<IReadOnlyList<double[]>> Outlines(JsonElement segmentation, int number)
    {
        var size = segmentation.Member("size")?.Numbers();
        if (size is not { Length: 2 } || size[0] != picture.Y.Size || size[1] != picture.X.Size)
        {
            var found = size is { Length: 2 } ? $"{size[1]} × {size[0]}" : "of unknown size";
            throw ProblemException.Invalid($"The mask of annotation {number} of \"{fileName}\" is {found}; the picture has {picture.X.Size} × {picture.Y.Size} pixels.");
        }

        var counts = segmentation.Member("counts");
        var lengths = counts is { ValueKind: JsonValueKind.String } text ? RunLengths.Parse(text.GetString()!)
            : counts?.Numbers()?.Select(value => value is >= 0 and < 1e15 ? (long)value : -1).ToList();
        var patch = lengths is null ? null : RunLengths.Patch(lengths, picture.X.Size, picture.Y.Size);
        if (patch is null)
        {
            throw ProblemException.Invalid(
                $"The run lengths of annotation {number} of \"{fileName}\" are damaged: they do not add up to {picture.X.Size} × {picture.Y.Size} pixels.");
        }

        pixels += patch.Mask.Length;
        return pixels <= MostPixels ? patch.Outlines()
            : throw ProblemException.Invalid($"The masks of \"{fileName}\" unpack to more than {MostPixels:N0} pixels; cut the file into several.");
    }
}
