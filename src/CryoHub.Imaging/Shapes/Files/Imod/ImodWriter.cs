using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace CryoHub.Imaging.Shapes.Files.Imod;

/// <summary>
/// Shapes as an IMOD model, version 1.2: an object for the areas, one for the lines and one for the points of each class. A shape over several frames is a contour on each,
/// a hole a contour of its own, as IMOD has it; words have no place in it.
/// </summary>
internal sealed class ImodWriter : IShapeFileWriter
{
    private const int MostContours = 500_000;

    public string FileName => "shapes.mod";

    public string MediaType => "application/octet-stream";

    public void Write(Stream to, IReadOnlyList<ShapeFeature> shapes, DrawnPicture picture)
    {
        var objects = shapes.Where(shape => shape.Geometry.Kind != ShapeKind.Text).GroupBy(shape => (shape.Class, Flags: FlagsOf(shape.Geometry))).ToArray();
        var contours = objects.Select(group => group.SelectMany(shape => Contours(shape, picture)).Take(MostContours + 1).ToArray()).ToArray();
        if (contours.Sum(list => (long)list.Length) > MostContours)
        {
            throw ProblemException.Invalid($"The shapes lie on so many frames that the model would have more than {MostContours:N0} contours; give them fewer frames.");
        }

        Header(to, picture, objects.Length);
        for (var i = 0; i < objects.Length; i++)
        {
            Object(to, objects[i].Key.Class, objects[i].First().Colour, objects[i].Key.Flags, contours[i].Length);
            foreach (var (ring, frame) in contours[i])
            {
                Letters(to, "CONT", 4);
                Integers(to, ring.Length / 2, 0, 0, 0);   // number of places, flags, time, surface
                for (var n = 0; n < ring.Length; n += 2)
                {
                    Floats(to, ring[n], ring[n + 1], frame);
                }
            }
        }

        Letters(to, "IEOF", 4);
    }

    private static int FlagsOf(ShapeGeometry geometry) => geometry.IsArea ? 0 : geometry.Kind == ShapeKind.Point ? ImodFile.OpenFlag | ImodFile.ScatteredFlag : ImodFile.OpenFlag;

    private static IEnumerable<(double[] Ring, long Frame)> Contours(ShapeFeature shape, DrawnPicture picture)
    {
        var (first, last) = (shape.FirstFrame ?? 0, shape.FirstFrame is null ? picture.Frames - 1 : shape.LastFrame ?? shape.FirstFrame.Value);
        for (var frame = first; frame <= last; frame++)
        {
            foreach (var ring in shape.Geometry.Kind == ShapeKind.Ellipse ? [EllipseOutline.Of(shape.Geometry.Rings[0])] : shape.Geometry.Rings)
            {
                yield return (ring, frame);
            }
        }
    }

    private static void Header(Stream to, DrawnPicture picture, int objects)
    {
        Letters(to, "IMODV1.2", 8);
        Letters(to, picture.Name, 128);
        Integers(to, (int)picture.X.Size, (int)picture.Y.Size, (int)Math.Min(picture.Frames, int.MaxValue), objects);
        Integers(to, 1 << 13, 1, 1, 0, 255);   // flags (13: origin and units are meant), draw and mouse mode, black and white level
        Floats(to, 0, 0, 0, 1, 1, 1);          // offsets and scales
        Integers(to, 0, 0, 0, 3, 128);         // object, contour, point, resolution, threshold
        var power = picture.X.IsCalibrated && picture.X.Unit == picture.Y.Unit ? picture.X.Unit switch { "Å" => -10, "nm" => -9, "µm" or "um" => -6, "mm" => -3, "m" => 1, _ => 0 } : 0;
        Floats(to, power == 0 ? 1 : Math.Abs(picture.X.Step));
        Integers(to, power, 0);                // unit as a power of ten of a metre, 1 a metre, 0 pixels; checksum
        Floats(to, 0, 0, 0);
    }

    private static void Object(Stream to, string name, string colour, int flags, int contours)
    {
        Letters(to, "OBJT", 4);
        Letters(to, name, 64);
        Integers(to, new int[16]);
        Integers(to, contours, flags, 0, 1);   // contours, flags, axis, draw mode
        var rgb = int.TryParse(colour.AsSpan(colour.Length > 0 ? 1 : 0), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number) ? number : 0x00FF00;
        Floats(to, (rgb >> 16) / 255.0, ((rgb >> 8) & 255) / 255.0, (rgb & 255) / 255.0);
        Integers(to, (flags & ImodFile.ScatteredFlag) != 0 ? 3 : 0);   // radius of the points
        to.Write([1, 7, 1, 1, 0, 0, 0, 0]);    // symbol, its size, line widths in 2D and 3D, line style, flags, two spare
        Integers(to, 0, 0);                    // meshes, surfaces
    }

    /// <summary>As many bytes as the field has; letters that Latin-1 lacks become question marks.</summary>
    private static void Letters(Stream to, string words, int length)
    {
        var bytes = new byte[length];
        Encoding.Latin1.GetBytes(words.Length > length ? words.AsSpan(0, length) : words, bytes);
        to.Write(bytes);
    }

    private static void Integers(Stream to, params ReadOnlySpan<int> values)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes, value);
            to.Write(bytes);
        }
    }

    private static void Floats(Stream to, params ReadOnlySpan<double> values)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteSingleBigEndian(bytes, (float)value);
            to.Write(bytes);
        }
    }
}
