using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace CryoHub.Imaging.Shapes.Files.ImageJ;

/// <summary>A RoiSet.zip as the ROI Manager of ImageJ and Fiji opens it: one selection a shape. Class, label, confidence and last frame are properties of it.</summary>
internal sealed class RoiSetWriter : IShapeFileWriter
{
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);   // the same shapes are the same bytes

    public string FileName => "RoiSet.zip";

    public string MediaType => "application/zip";

    public void Write(Stream to, IReadOnlyList<ShapeFeature> shapes, DrawnPicture picture)
    {
        using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        for (var i = 0; i < shapes.Count; i++)
        {
            var shape = shapes[i];
            var name = shape.Label.Length > 0 ? shape.Label : $"{(shape.Class.Length > 0 ? shape.Class : shape.Geometry.Kind.ToString().ToLowerInvariant())} {i + 1}";
            var entry = zip.CreateEntry(string.Create(CultureInfo.InvariantCulture, $"{i + 1:D4}-{Plain(name)}.roi"));
            entry.LastWriteTime = NoTime;
            using var file = entry.Open();
            file.Write(RoiEncoder.Write(shape, name, picture));
        }
    }

    /// <summary>A name that is a file's on every machine.</summary>
    private static string Plain(string name)
    {
        var plain = new StringBuilder();
        foreach (var letter in name.Length > 60 ? name[..60] : name)
        {
            plain.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '-');
        }

        return plain.ToString();
    }
}
