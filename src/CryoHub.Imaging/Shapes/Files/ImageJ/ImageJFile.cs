namespace CryoHub.Imaging.Shapes.Files.ImageJ;

/// <summary>Selections of ImageJ and Fiji: one in a .roi, many in the ROI Manager's RoiSet.zip.</summary>
internal sealed class ImageJFile : IShapeFileReader
{
    /// <summary>Bytes of one selection: 500,000 places take 6 MB.</summary>
    private const int LargestSelection = 8 << 20;

    public string Name => "ImageJ ROI and RoiSet.zip";

    public bool Recognises(ReadOnlySpan<byte> file, string fileName) => file.StartsWith("Iout"u8) || file.StartsWith("PK\u0003\u0004"u8);

    public ShapeFile Read(ReadOnlyMemory<byte> file, string fileName, DrawnPicture picture)
    {
        if (file.Span.StartsWith("Iout"u8))
        {
            return new(Name, [.. RoiDecoder.Read(new(file, fileName), picture)], []);
        }

        var (shapes, others) = (new List<ShapeFeature>(), 0);
        foreach (var (name, bytes) in SmallZip.Read(file, fileName, ".roi", LargestSelection, () => others++))
        {
            shapes.AddRange(RoiDecoder.Read(new(bytes, name), picture));
            if (shapes.Count > GeoJsonShapes.MostShapes)
            {
                throw ProblemException.Invalid($"\"{fileName}\" holds more than {GeoJsonShapes.MostShapes} shapes.");
            }
        }

        return shapes.Count > 0 ? new(Name, shapes, others == 0 ? [] : [$"{others:N0} files of the archive are no selections and are left out."])
            : throw ProblemException.Invalid($"\"{fileName}\" is an archive without selections of ImageJ (.roi).");
    }
}
