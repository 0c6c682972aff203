using System.Text;
using static CryoHub.Imaging.Shapes.Files.ImageJ.BigEndian;
using static CryoHub.Imaging.Shapes.Files.ImageJ.RoiLayout;

namespace CryoHub.Imaging.Shapes.Files.ImageJ;

/// <summary>Type and places of a selection.</summary>
internal static class RoiBody
{
    /// <summary>The header up to byte 64 and what follows it.</summary>
    public static byte[] Of(ShapeFeature shape, out byte[] header)
    {
        header = new byte[HeaderBytes];
        "Iout"u8.CopyTo(header);
        Short(header, VersionAt, 228);
        var (geometry, ring) = (shape.Geometry, shape.Geometry.Rings[0]);
        var box = geometry.Box();
        Short(header, Top, (int)Math.Floor(box.Top));
        Short(header, Left, (int)Math.Floor(box.Left));
        Short(header, Bottom, (int)Math.Ceiling(box.Bottom));
        Short(header, Right, (int)Math.Ceiling(box.Right));
        switch (geometry.Kind)
        {
            case ShapeKind.Line or ShapeKind.Arrow:
                header[TypeAt] = Line;
                Short(header, Subtype, geometry.Kind == ShapeKind.Arrow ? Arrow : 0);
                Four(header, ring[0], ring[1], ring[2], ring[3]);
                return [];
            case ShapeKind.Text:
                header[TypeAt] = Rectangle;
                Short(header, Subtype, Text);
                Short(header, Bottom, (int)Math.Floor(box.Top) + 16);
                Short(header, Right, (int)Math.Floor(box.Left) + 16);
                return TextBody(shape.Label);
            case ShapeKind.Rectangle when IsUpright(ring, box):
            case ShapeKind.Ellipse when IsUpright(ring):
                header[TypeAt] = geometry.Kind == ShapeKind.Ellipse ? Oval : Rectangle;
                Short(header, Options, SubPixel);
                Four(header, box.Left, box.Top, box.Right - box.Left, box.Bottom - box.Top);
                return [];
            case ShapeKind.Rectangle when IsSquareCornered(ring):
                header[TypeAt] = Freehand;
                Short(header, Subtype, TurnedRectangle);
                Four(header, (ring[0] + ring[6]) / 2, (ring[1] + ring[7]) / 2, (ring[2] + ring[4]) / 2, (ring[3] + ring[5]) / 2);
                Single(header, Ratio, double.Hypot(ring[6] - ring[0], ring[7] - ring[1]));
                return Places(header, ring, box);   // readers expect an outline beside the numbers
            case ShapeKind.Ellipse:
                header[TypeAt] = Freehand;
                Short(header, Subtype, Ellipse);
                var (ux, uy, ratio) = LongAxis(ring);
                Four(header, ring[0] - ux, ring[1] - uy, ring[0] + ux, ring[1] + uy);
                Single(header, Ratio, ratio);
                return Places(header, EllipseOutline.Of(ring), box);
            case ShapeKind.Polygon when geometry.Rings.Count > 1:
                header[TypeAt] = Rectangle;
                var path = Path(geometry.Rings);
                Integer(header, ShapeFloats, path.Length / 4);
                return path;
            default:
                header[TypeAt] = geometry.Kind switch
                {
                    ShapeKind.Point => Point,
                    ShapeKind.Polyline => Polyline,
                    ShapeKind.Freehand => Freeline,
                    ShapeKind.Angle => Angle,
                    _ => Polygon,
                };
                return Places(header, ring, box);
        }
    }

    /// <summary>Whole numbers from the corner of the box, for the oldest readers, then the places themselves.</summary>
    private static byte[] Places(byte[] header, double[] ring, ShapeBox box)
    {
        var count = ring.Length / 2;
        Short(header, Count, count);
        Short(header, Options, SubPixel);
        var body = new byte[12 * count];
        for (var i = 0; i < count; i++)
        {
            Short(body, 2 * i, (int)(Math.Floor(ring[2 * i]) - Math.Floor(box.Left)));
            Short(body, 2 * (count + i), (int)(Math.Floor(ring[(2 * i) + 1]) - Math.Floor(box.Top)));
            Single(body, 4 * (count + i), ring[2 * i]);
            Single(body, 4 * ((2 * count) + i), ring[(2 * i) + 1]);
        }

        return body;
    }

    private static byte[] Path(IReadOnlyList<double[]> rings)
    {
        var floats = new List<double>();
        foreach (var ring in rings)
        {
            for (var i = 0; i < ring.Length; i += 2)
            {
                floats.AddRange([i == 0 ? 0 : 1, ring[i], ring[i + 1]]);
            }

            floats.Add(4);
        }

        var body = new byte[4 * floats.Count];
        for (var i = 0; i < floats.Count; i++)
        {
            Single(body, 4 * i, floats[i]);
        }

        return body;
    }

    private static byte[] TextBody(string text)
    {
        const string Font = "SansSerif";
        var body = new byte[16 + (2 * (Font.Length + text.Length)) + 4];   // size, style, lengths, letters, angle
        Integer(body, 0, 12);
        Integer(body, 8, Font.Length);
        Integer(body, 12, text.Length);
        Encoding.BigEndianUnicode.GetBytes(Font + text, body.AsSpan(16));
        return body;
    }

    private static bool IsUpright(double[] ring, ShapeBox box)
    {
        for (var i = 0; i < ring.Length; i += 2)
        {
            if ((ring[i] != box.Left && ring[i] != box.Right) || (ring[i + 1] != box.Top && ring[i + 1] != box.Bottom))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Half axes of an ellipse along x and y.</summary>
    private static bool IsUpright(double[] e) => (e[3] == e[1] && e[4] == e[0]) || (e[2] == e[0] && e[5] == e[1]);

    private static bool IsSquareCornered(double[] r)
    {
        var (ux, uy, vx, vy) = (r[2] - r[0], r[3] - r[1], r[6] - r[0], r[7] - r[1]);
        return Math.Abs((ux * vx) + (uy * vy)) <= 1e-6 * double.Hypot(ux, uy) * double.Hypot(vx, vy) && double.Hypot(r[4] - r[2] - vx, r[5] - r[3] - vy) <= 1e-6 * double.Hypot(vx, vy);
    }

    /// <summary>The longer half axis and the ratio of the shorter to it, from two conjugate half axes (Rytz): the singular values of the matrix that they form.</summary>
    private static (double X, double Y, double Ratio) LongAxis(double[] e)
    {
        var (ux, uy, vx, vy) = (e[2] - e[0], e[3] - e[1], e[4] - e[0], e[5] - e[1]);
        var turn = Math.Atan2(2 * ((ux * vx) + (uy * vy)), (ux * ux) + (uy * uy) - (vx * vx) - (vy * vy)) / 2;
        var (sin, cos) = Math.SinCos(turn);
        var (x, y) = ((ux * cos) + (vx * sin), (uy * cos) + (vy * sin));
        return (x, y, Math.Abs((ux * vy) - (uy * vx)) / ((x * x) + (y * y)));
    }

    private static void Four(byte[] bytes, double a, double b, double c, double d)
    {
        Single(bytes, Floats, a);
        Single(bytes, Floats + 4, b);
        Single(bytes, Floats + 8, c);
        Single(bytes, Floats + 12, d);
    }
}
