using static CryoHub.Imaging.Shapes.Files.ImageJ.RoiLayout;

namespace CryoHub.Imaging.Shapes.Files.ImageJ;

/// <summary>A composite selection: a path of floats, each piece a number (0 move, 1 line, 2 and 3 curves, 4 close) with its places.</summary>
internal static class CompositePath
{
    private const int CurvePieces = 16;

    /// <summary>Outlines with their holes.</summary>
    public static IReadOnlyList<IReadOnlyList<double[]>> Read(RoiBytes roi, int floats)
    {
        roi.At(HeaderBytes, 4L * floats);
        var (rings, ring) = (new List<double[]>(), new List<double>());
        for (var i = 0; i < floats;)
        {
            var piece = roi.Float(HeaderBytes + (4 * i++));
            var places = piece switch { 0 or 1 => 1, 2 => 2, 3 => 3, 4 => 0, _ => throw Odd($"a piece of kind {piece}") };
            if (i + (2 * places) > floats)
            {
                throw Odd("its last piece without its places");
            }

            var numbers = new double[2 * places];
            for (var n = 0; n < numbers.Length; n++)
            {
                numbers[n] = roi.Float(HeaderBytes + (4 * i++));
            }

            if (piece is 0 or 4)
            {
                Close();
            }

            if (places > 1 && ring.Count < 2)
            {
                throw Odd("a curve without beginning");
            }

            ring.AddRange(places > 1 ? Curve(ring[^2], ring[^1], numbers) : numbers);
        }

        Close();
        return RingNesting.Of(rings);

        void Close()
        {
            if (ring.Count >= 4 && ring[0] == ring[^2] && ring[1] == ring[^1])
            {
                ring.RemoveRange(ring.Count - 2, 2);
            }

            if (ring.Count >= 6)
            {
                rings.Add([.. ring]);
            }

            ring.Clear();
        }

        ProblemException Odd(string what) => ProblemException.Invalid($"The path of \"{roi.Name}\" has {what}.");
    }

    /// <summary>Places along a Bézier curve of the second or third order, without its beginning.</summary>
    private static IEnumerable<double> Curve(double x, double y, double[] p)
    {
        for (var i = 1; i <= CurvePieces; i++)
        {
            var t = (double)i / CurvePieces;
            var s = 1 - t;
            for (var axis = 0; axis < 2; axis++)
            {
                var start = axis == 0 ? x : y;
                yield return p.Length == 4
                    ? (s * s * start) + (2 * s * t * p[axis]) + (t * t * p[2 + axis])
                    : (s * s * s * start) + (3 * s * s * t * p[axis]) + (3 * s * t * t * p[2 + axis]) + (t * t * t * p[4 + axis]);
            }
        }
    }
}
