using static CryoHub.Imaging.Shapes.Files.ImageJ.RoiLayout;

namespace CryoHub.Imaging.Shapes.Files.ImageJ;

/// <summary>One selection of ImageJ as shapes: several where it has several points or parts.</summary>
internal static class RoiDecoder
{
    /// <exception cref="ProblemException">It is no selection, cut, or of a type that is not known.</exception>
    public static IEnumerable<ShapeFeature> Read(RoiBytes roi, DrawnPicture picture)
    {
        if (roi.Length < HeaderBytes || !roi.At(0, 4).SequenceEqual("Iout"u8))
        {
            throw ProblemException.Invalid($"\"{roi.Name}\" is no selection of ImageJ: it does not begin with \"Iout\" and {HeaderBytes} bytes of header.");
        }

        var notes = new RoiNotes(roi);
        if (roi.Integer(ShapeFloats) is > 0 and var floats)
        {
            return CompositePath.Read(roi, floats).Select(rings => notes.Feature(new(ShapeKind.Polygon, rings), notes.Frame(picture)));
        }

        return roi.Byte(TypeAt) == Point ? Points(roi, notes, picture) : [notes.Feature(One(roi), notes.Frame(picture))];
    }

    private static ShapeGeometry One(RoiBytes roi)
    {
        var subtype = roi.Short(Subtype);
        switch (roi.Byte(TypeAt))
        {
            case Rectangle when subtype == Text:
                return new(ShapeKind.Text, [[roi.Edge(Left), roi.Edge(Top)]]);
            case Rectangle when subtype != Image:
                var (x, y, wide, high) = Box(roi);
                return new(ShapeKind.Rectangle, [[x, y, x + wide, y, x + wide, y + high, x, y + high]]);
            case Oval:
                var (left, top, width, height) = Box(roi);
                var (middleX, middleY) = (left + (width / 2), top + (height / 2));
                return new(ShapeKind.Ellipse, [[middleX, middleY, left + width, middleY, middleX, top]]);
            case Line:
                return new(subtype == Arrow ? ShapeKind.Arrow : ShapeKind.Line, [Floats4(roi)]);
            case Freehand when subtype == Ellipse:
                return new(ShapeKind.Ellipse, [TurnedEllipse(Floats4(roi), roi.Float(Ratio))]);
            case Freehand when subtype == TurnedRectangle:
                return new(ShapeKind.Rectangle, [Turned(Floats4(roi), roi.Float(Ratio))]);
            case Polygon or Freehand or Traced:
                return new(ShapeKind.Polygon, [Places(roi).Ring]);
            case Polyline:
                return new(ShapeKind.Polyline, [Places(roi).Ring]);
            case Freeline:
                return new(ShapeKind.Freehand, [Places(roi).Ring]);
            case Angle:
                return new(ShapeKind.Angle, [Places(roi).Ring]);
            case var type:
                throw ProblemException.Invalid($"\"{roi.Name}\" is a selection of type {type}{(subtype == Image ? " that holds a picture" : "")}, which is not read.");
        }
    }

    private static IEnumerable<ShapeFeature> Points(RoiBytes roi, RoiNotes notes, DrawnPicture picture)
    {
        var (ring, isSubPixel) = Places(roi);
        // A place without fraction stands for its pixel, whose middle is half a pixel further.
        var shift = isSubPixel ? 0 : 0.5;
        for (var i = 0; i < ring.Length / 2; i++)
        {
            yield return notes.Feature(new(ShapeKind.Point, [[ring[2 * i] + shift, ring[(2 * i) + 1] + shift]]), notes.FrameOfPoint(i, ring.Length / 2, picture));
        }
    }

    private static (double[] Ring, bool IsSubPixel) Places(RoiBytes roi)
    {
        var count = roi.Short(Count) is not 0 and var few ? (ushort)few : roi.Integer(Floats);
        if (count is < 1 or > GeoJsonShapes.MostShapes)
        {
            throw ProblemException.Invalid($"\"{roi.Name}\" tells of {count} places; 1 to {GeoJsonShapes.MostShapes} are possible.");
        }

        var isSubPixel = (roi.Short(Options) & SubPixel) != 0 && roi.Short(VersionAt) >= 222;
        var ring = new double[2 * count];
        var (left, top) = (roi.Edge(Left), roi.Edge(Top));
        roi.At(HeaderBytes, (isSubPixel ? 12L : 4L) * count);   // all or nothing, before the loop
        for (var i = 0; i < count; i++)
        {
            (ring[2 * i], ring[(2 * i) + 1]) = isSubPixel
                ? (roi.Float(HeaderBytes + (4 * (count + i))), roi.Float(HeaderBytes + (4 * ((2 * count) + i))))
                : (left + Math.Max(0, roi.Short(HeaderBytes + (2 * i))), top + Math.Max(0, roi.Short(HeaderBytes + (2 * (count + i)))));
        }

        return (ring, isSubPixel);
    }

    private static (double X, double Y, double Wide, double High) Box(RoiBytes roi)
    {
        if ((roi.Short(Options) & SubPixel) != 0 && roi.Short(VersionAt) >= 223)
        {
            var box = Floats4(roi);
            return (box[0], box[1], box[2], box[3]);
        }

        return (roi.Edge(Left), roi.Edge(Top), roi.Edge(Right) - roi.Edge(Left), roi.Edge(Bottom) - roi.Edge(Top));
    }

    private static double[] Floats4(RoiBytes roi) => [roi.Float(Floats), roi.Float(Floats + 4), roi.Float(Floats + 8), roi.Float(Floats + 12)];

    /// <summary>Centre and half axes, from the ends of the long axis and the ratio of the short one to it.</summary>
    private static double[] TurnedEllipse(double[] axis, double ratio)
    {
        var (x, y, ux, uy) = ((axis[0] + axis[2]) / 2, (axis[1] + axis[3]) / 2, (axis[2] - axis[0]) / 2, (axis[3] - axis[1]) / 2);
        return [x, y, x + ux, y + uy, x + (ratio * uy), y - (ratio * ux)];
    }

    /// <summary>Four corners, from the middles of two opposite sides and their length.</summary>
    private static double[] Turned(double[] middle, double side)
    {
        var length = double.Hypot(middle[2] - middle[0], middle[3] - middle[1]);
        var (nx, ny) = ((middle[3] - middle[1]) / length * side / 2, (middle[0] - middle[2]) / length * side / 2);
        return [middle[0] + nx, middle[1] + ny, middle[2] + nx, middle[3] + ny, middle[2] - nx, middle[3] - ny, middle[0] - nx, middle[1] - ny];
    }
}
