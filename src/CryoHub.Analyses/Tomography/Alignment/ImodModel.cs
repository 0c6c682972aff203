using System.Buffers.Binary;
using System.Text;

namespace CryoHub.Analyses.Tomography.Alignment;

/// <summary>Writes a fiducial model, IMOD's binary format V1.2 (bio3d.colorado.edu/imod/doc/binspec.html): a contour a marker, z the view; big endian.</summary>
internal static class ImodModel
{
    /// <summary>The tracks of markers in images of <paramref name="columns"/> x <paramref name="rows"/> px; IMOD counts from the corner of the first pixel.</summary>
    public static Stream Write(MarkerTracks tracks, IReadOnlyList<int> frames, int frameCount, int columns, int rows)
    {
        var stream = new MemoryStream();
        int[] contours = [.. Enumerable.Range(0, tracks.Markers).Where(marker => Points(tracks, marker).Count > 0)];
        Text(stream, "IMODV1.2", 8);
        Text(stream, "Fiducials by CryoHub", 128);
        Ints(stream, columns, rows, frameCount, 1); // xmax, ymax, zmax, objsize
        Ints(stream, 1 << 13, 1, 1, 0, 255); // flags (13: origin and units are meant), drawmode, mousemode, blacklevel, whitelevel
        Floats(stream, 0, 0, 0, 1, 1, 1); // offsets and scales
        Ints(stream, 0, 0, 0, 3, 128); // object, contour, point, res, thresh
        Floats(stream, 1); // pixsize
        Ints(stream, 0, 0); // units: pixels; csum
        Floats(stream, 0, 0, 0); // alpha, beta, gamma
        Text(stream, "OBJT", 4);
        Text(stream, "Beads", 64);
        Ints(stream, new int[16]); // extra
        Ints(stream, contours.Length, 1 << 9, 0, 1); // contsize, flags (9: scattered points), axis, drawmode
        Floats(stream, 0, 1, 0); // green
        Ints(stream, 5); // pdrawsize
        stream.Write([1, 7, 1, 1, 0, 0, 0, 0]); // symbol, symsize, linewidth2, linewidth, linesty, symflags, sympad, trans
        Ints(stream, 0, 0); // meshsize, surfsize
        foreach (var marker in contours)
        {
            var points = Points(tracks, marker);
            Text(stream, "CONT", 4);
            Ints(stream, points.Count, 0, 0, 0); // psize, flags, time, surf
            foreach (var view in points.OrderBy(view => frames[view]))
            {
                var (x, y) = tracks[view, marker];
                Floats(stream, (float)(x + (columns / 2.0)), (float)(y + (rows / 2.0)), frames[view]);
            }
        }

        Text(stream, "IEOF", 4);
        stream.Position = 0;
        return stream;
    }

    private static List<int> Points(MarkerTracks tracks, int marker) => [.. Enumerable.Range(0, tracks.Views).Where(view => tracks.Has(view, marker))];

    private static void Text(MemoryStream stream, string text, int length)
    {
        var bytes = new byte[length];
        Encoding.ASCII.GetBytes(text, bytes);
        stream.Write(bytes);
    }

    private static void Ints(MemoryStream stream, params ReadOnlySpan<int> values)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes, value);
            stream.Write(bytes);
        }
    }

    private static void Floats(MemoryStream stream, params ReadOnlySpan<float> values)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteSingleBigEndian(bytes, value);
            stream.Write(bytes);
        }
    }
}
