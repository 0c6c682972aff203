using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;

namespace CryoHub.Formats.DigitalSurf;

/// <summary>Digital Surf MountainsMap: surfaces, profiles, series, spectra, spectrum maps and colour images, packed or not.</summary>
public sealed class DigitalSurfReader : IFormatReader
{
    private const int MostObjects = 100_000;

    public FormatInfo Format { get; } = new(
        "digital-surf", "Digital Surf (MountainsMap)", [".sur", ".pro"],
        "surfaces, profiles, series of both, layers, intensity and binary images, colour images and their series, spectra, spectrum maps; points that were not measured are NaN",
        "discs, contour profiles and force curves", "https://hyperspy.org/rosettasciio/file_specification/digitalsurf.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.StartsWith("DSCOMPRESSED"u8) || head.StartsWith("DIGITAL SURF"u8) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var first = await SurfaceObject.ReadAsync(file.Bytes, 0, ct);
        var count = Math.Max(1, first.Fields.Integer("P_Size")) * Math.Max(1, first.Fields.Integer("Number_of_Objects"));
        if (count > MostObjects)
        {
            throw ProblemException.Unreadable($"The file states {count} objects; at most {MostObjects} are read.");
        }

        List<SurfaceObject> objects = [first];
        while (objects.Count < count)
        {
            objects.Add(await SurfaceObject.ReadAsync(file.Bytes, objects[^1].End, ct));
        }

        var name = Path.GetFileNameWithoutExtension(file.Name);
        return first.Fields.Integer("Object_Type") switch
        {
            11 => [.. objects.Select(part => Signal($"{name} {part.Fields.Text("Name_of_Z_Axis")}".Trim(), [part], 2))],
            12 when objects.Count == 3 && IsByte(objects) => [Signal(name, objects, 13), Signal($"{name} picture", objects, 12)],
            var type => [Signal(name, objects, type)],
        };
    }

    private static bool IsByte(IReadOnlyList<SurfaceObject> objects) => objects.All(part => part.Largest <= 255);

    private static SurfaceSignal Signal(string name, IReadOnlyList<SurfaceObject> objects, long type)
    {
        var (first, layers) = (objects[0], objects.Count);
        var (x, y) = (Axis(first, "X", first.Columns, "Name_of_X_Axis"), Axis(first, "Y", first.Lines, "Name_of_Y_Axis"));
        Axis T(long size, AxisRole role) => Axis(first, "T", size, "T_Axis_Name") with { Role = role };
        (SignalKind Kind, PixelType Pixel, Axis[] Axes) layout = type switch
        {
            1 => (SignalKind.Trace, PixelType.Float64, [x]),
            2 or 10 => (SignalKind.Image, PixelType.Float64, [y, x]),
            3 => (SignalKind.Image, PixelType.Int64, [y, x]),
            4 or 7 => (SignalKind.Image, PixelType.Float64, [T(layers, AxisRole.Frame), x]),
            5 or 8 => (SignalKind.ImageStack, PixelType.Float64, [T(layers, AxisRole.Frame), y, x]),
            12 when layers == 3 && IsByte(objects) => (SignalKind.Photo, PixelType.Rgb8, [y, x]),
            18 when layers % 3 == 0 && IsByte(objects) => (SignalKind.ImageStack, PixelType.Rgb8, [T(layers / 3, AxisRole.Frame), y, x]),
            12 or 13 or 18 => (SignalKind.ImageStack, PixelType.Int64, [T(layers, AxisRole.Channel), y, x]),
            16 => (SignalKind.ImageStack, PixelType.Float64, [T(layers, AxisRole.Channel), y, x]),
            20 when first.Lines > 1 => (SignalKind.SpectrumLine, PixelType.Float64, [y, x with { Role = AxisRole.Energy }]),
            20 => (SignalKind.Spectrum, PixelType.Float64, [x with { Role = AxisRole.Energy }]),
            21 => (SignalKind.SpectrumImage, PixelType.Float64, [y, x, T(first.Fields.Integer("W_Size"), AxisRole.Energy)]),
            _ => throw ProblemException.Unreadable($"Objects of type {type} are not read; surfaces, profiles, series, spectra and images are."),
        };
        var original = new JsonObject();
        for (var i = 0; i < layers; i++)
        {
            original[$"Object_{i}"] = new JsonObject { ["Header"] = objects[i].Fields, ["Comment"] = objects[i].Comment, ["Parsed"] = Parse(objects[i].Comment) };
        }

        var header = new SignalHeader(name, layout.Kind, layout.Pixel, layout.Axes, Metadata(first.Fields, Parse(first.Comment)), new MetadataTree(original))
        {
            ValueUnit = (first.Fields.Text("Z_Step_Unit") ?? "").Trim('(', ')', '[', ']', ' '),
        };
        return new SurfaceSignal(header, layout.Kind is SignalKind.Trace or SignalKind.Spectrum or SignalKind.SpectrumLine or SignalKind.SpectrumImage ? [first] : objects);
    }

    private static Axis Axis(SurfaceObject part, string axis, long size, string nameField)
    {
        var step = part.Fields.Number($"{axis}_Spacing") ?? 0;
        return new Axis(
            part.Fields.Text(nameField) ?? axis.ToLowerInvariant(), size, part.Fields.Text($"{axis}_Step_Unit") ?? "", AxisRole.Space, step == 0 ? 1 : step,
            part.Fields.Number($"{axis}_Offset") ?? 0);
    }

    private static AcquisitionMetadata Metadata(JsonObject fields, JsonObject parsed)
    {
        var microscope = parsed["SEM"] as JsonObject;
        var (year, month, day) = ((int)fields.Integer("Year"), (int)fields.Integer("Month"), (int)fields.Integer("Day"));
        var isDate = year is > 1900 and < 3000 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        return new()
        {
            AcquiredAt = isDate ? $"{year:0000}-{month:00}-{day:00}T{fields.Integer("Hours"):00}:{fields.Integer("Minutes"):00}:{fields.Integer("Seconds"):00}" : null,
            ExposureS = fields.Positive("Measurement_duration"),
            BeamEnergyKeV = First(microscope?["Beam Energy"]),
            Magnification = First(microscope?["Real Magnification"]),
        };
    }

    private static double? First(JsonNode? node) =>
        double.TryParse(node?.ToString().Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>Lines "$_SECTION" and "$name = value unit".</summary>
    private static JsonObject Parse(string comment)
    {
        var sections = new JsonObject();
        JsonObject? section = null;
        foreach (var line in comment.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.StartsWith('$')))
        {
            if (line.StartsWith("$_", StringComparison.Ordinal))
            {
                sections[line[2..].Trim()] = section = [];
            }
            else if (line.IndexOf('=') is > 0 and var at && section is not null)
            {
                section[line[1..at].Trim()] = XmlJson.Leaf(line[(at + 1)..]);
            }
        }

        return sections;
    }
}
