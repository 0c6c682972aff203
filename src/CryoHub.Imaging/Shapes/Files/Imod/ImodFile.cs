using System.Buffers.Binary;
using System.Text;

namespace CryoHub.Imaging.Shapes.Files.Imod;

/// <summary>Contours of an IMOD model: closed ones are polygons, open ones lines, scattered points points; z is the frame, the object's name the class.</summary>
internal sealed class ImodFile : IShapeFileReader
{
    public const int OpenFlag = 1 << 3;       // of an object or a contour
    public const int ScatteredFlag = 1 << 9;  // of an object

    public string Name => "IMOD model";

    public bool Recognises(ReadOnlySpan<byte> file, string fileName) => file.StartsWith("IMODV1.2"u8);

    public ShapeFile Read(ReadOnlyMemory<byte> file, string fileName, DrawnPicture picture)
    {
        var blocks = new ImodBlocks(file.Span);
        var warnings = new List<string>();
        var (wide, high) = (Integer(blocks.Header, 136), Integer(blocks.Header, 140));   // 136: xmax, ymax
        if (wide > 0 && high > 0 && (wide != picture.X.Size || high != picture.Y.Size))
        {
            warnings.Add($"The model was made on a picture of {wide} × {high} pixels; this one has {picture.X.Size} × {picture.Y.Size}.");
        }

        var (shapes, current, meshes, steep) = (new List<ShapeFeature>(), new ImodObject("", "", 0), 0, 0);
        while (blocks.Next())
        {
            if (blocks.Id == "OBJT")
            {
                current = Object(blocks.Data);
            }
            else if (blocks.Id == "CONT")
            {
                steep += Add(blocks.Data, current, picture, shapes);
                if (shapes.Count > GeoJsonShapes.MostShapes)
                {
                    throw ProblemException.Invalid($"\"{fileName}\" holds more than {GeoJsonShapes.MostShapes} shapes.");
                }
            }

            meshes += blocks.Id == "MESH" ? 1 : 0;
        }

        if (steep > 0)
        {
            warnings.Add($"{steep:N0} contours run through several slices; each of their points is taken as a point.");
        }

        if (meshes > 0)
        {
            warnings.Add($"{meshes:N0} meshes are left out: a surface is no shape on a picture.");
        }

        return new(Name, shapes, warnings);
    }

    private static ImodObject Object(ReadOnlySpan<byte> b)
    {
        var name = b[..64];
        var end = name.IndexOf((byte)0);
        var colour = new StringBuilder("#");
        for (var at = 144; at < 156; at += 4)   // 144: red, green, blue, 0 to 1
        {
            var part = BinaryPrimitives.ReadSingleBigEndian(b[at..]);
            colour.Append(((int)Math.Round(255 * (part is >= 0 and <= 1 ? part : 1))).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return new(Encoding.Latin1.GetString(end < 0 ? name : name[..end]).Trim(), colour.ToString(), Integer(b, 132));   // 132: flags
    }

    /// <summary>Adds a contour; 1 where it lies on several slices.</summary>
    private static int Add(ReadOnlySpan<byte> b, ImodObject owner, DrawnPicture picture, List<ShapeFeature> shapes)
    {
        var places = b[16..];
        var ring = new double[places.Length / 6];
        var slices = new long?[places.Length / 12];
        for (var i = 0; i < slices.Length; i++)
        {
            (ring[2 * i], ring[(2 * i) + 1]) = (Single(places, 12 * i), Single(places, (12 * i) + 4));
            slices[i] = picture.Frames < 2 ? null : (long)Math.Clamp(Math.Round(Single(places, (12 * i) + 8)), -1, int.MaxValue);   // NaN becomes a frame that is refused
        }

        if (slices.Length == 0)
        {
            return 0;
        }

        var isOpen = ((owner.Flags | Integer(b, 4)) & OpenFlag) != 0;   // 4: flags of the contour
        var isSteep = slices.Distinct().Count() > 1;
        if ((owner.Flags & ScatteredFlag) != 0 || slices.Length == 1 || isSteep)
        {
            shapes.AddRange(Enumerable.Range(0, slices.Length).Select(i => owner.Feature(new(ShapeKind.Point, [[ring[2 * i], ring[(2 * i) + 1]]]), slices[i])));
            return isSteep && (owner.Flags & ScatteredFlag) == 0 ? 1 : 0;
        }

        var kind = slices.Length == 2 ? ShapeKind.Line : isOpen ? ShapeKind.Polyline : ShapeKind.Polygon;
        shapes.Add(owner.Feature(new(kind, [ring]), slices[0]));
        return 0;
    }

    private static int Integer(ReadOnlySpan<byte> b, int at) => BinaryPrimitives.ReadInt32BigEndian(b[at..]);

    private static float Single(ReadOnlySpan<byte> b, int at) => BinaryPrimitives.ReadSingleBigEndian(b[at..]);

    /// <summary>What contours have from their object.</summary>
    private sealed record ImodObject(string Name, string Colour, int Flags)
    {
        public ShapeFeature Feature(ShapeGeometry geometry, long? slice) => new(geometry, Name, "", slice, slice, null, Colour);
    }
}
