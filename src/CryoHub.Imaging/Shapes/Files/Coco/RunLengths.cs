namespace CryoHub.Imaging.Shapes.Files.Coco;

/// <summary>
/// COCO's masks: lengths of runs of 0 and 1 in turn, the first of 0, down the columns. As text each length is cut into groups of five bits, the lowest first, 32 telling
/// that another follows and 48 added; from the fourth on the difference to the length two before is written (cocodataset.org, maskApi).
/// </summary>
internal static class RunLengths
{
    /// <summary>Lengths of runs out of text, or <c>null</c> where it is none.</summary>
    public static List<long>? Parse(string text)
    {
        var lengths = new List<long>();
        for (var i = 0; i < text.Length;)
        {
            long value = 0;
            var (group, shift) = (32, 0);
            for (; (group & 32) != 0; shift += 5)
            {
                if (i == text.Length || text[i] is < '0' or > 'o' || shift > 40)
                {
                    return null;
                }

                group = text[i++] - 48;
                value |= (long)(group & 31) << shift;
            }

            value |= (group & 16) != 0 ? -1L << shift : 0;
            value += lengths.Count > 2 ? lengths[^2] : 0;
            if (value < 0)
            {
                return null;
            }

            lengths.Add(value);
        }

        return lengths;
    }

    /// <summary>The pixels that the lengths set, or <c>null</c> where these do not add up to the picture's size; an empty patch where none is set.</summary>
    public static PixelPatch? Patch(IReadOnlyList<long> lengths, long width, long height)
    {
        var (at, left, top, right, bottom) = (0L, width, height, 0L, 0L);
        for (var i = 0; i < lengths.Count; at += lengths[i++])
        {
            if (lengths[i] < 0 || lengths[i] > (width * height) - at)
            {
                return null;
            }

            if (i % 2 == 1 && lengths[i] > 0)
            {
                var last = at + lengths[i] - 1;
                var isOneColumn = at / height == last / height;
                (left, right) = (Math.Min(left, at / height), Math.Max(right, (last / height) + 1));
                (top, bottom) = (Math.Min(top, isOneColumn ? at % height : 0), Math.Max(bottom, isOneColumn ? (last % height) + 1 : height));
            }
        }

        if (at != width * height || (right - left) * (bottom - top) > Array.MaxLength)
        {
            return null;
        }

        var patch = right > left ? new PixelPatch((int)left, (int)top, (int)(right - left), (int)(bottom - top), new bool[(right - left) * (bottom - top)]) : new PixelPatch(0, 0, 0, 0, []);
        at = 0;
        for (var i = 0; i < lengths.Count; at += lengths[i++])
        {
            for (var pixel = at; i % 2 == 1 && pixel < at + lengths[i]; pixel++)
            {
                patch.Mask[((pixel % height) - top) * (right - left) + (pixel / height) - left] = true;
            }
        }

        return patch;
    }

    /// <summary>Lengths of the runs of a patch in a picture of that size.</summary>
    public static List<long> Of(PixelPatch patch, long width, long height)
    {
        var (lengths, isSet, begin) = (new List<long>(), false, 0L);
        for (var x = 0; x < patch.Width; x++)
        {
            for (var y = 0; y < patch.Height; y++)
            {
                Next(patch.Mask[(y * patch.Width) + x], ((patch.X + x) * height) + patch.Y + y);
            }

            if (patch.Height < height)
            {
                Next(false, ((patch.X + x) * height) + patch.Y + patch.Height);
            }
        }

        if (isSet && patch.X + patch.Width < width)
        {
            Next(false, (patch.X + patch.Width) * height);
        }

        lengths.Add((width * height) - begin);
        return lengths;

        void Next(bool set, long at)
        {
            if (set != isSet)
            {
                lengths.Add(at - begin);
                (isSet, begin) = (set, at);
            }
        }
    }
}
