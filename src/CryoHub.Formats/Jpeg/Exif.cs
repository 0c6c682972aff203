using System.Text.Json.Nodes;
using CryoHub.Formats.Tiff;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Jpeg;

/// <summary>What a camera says of a photo (CIPA DC-008): a TIFF directory without pixels, and two more that it points to.</summary>
internal sealed record Exif(JsonObject Original, AcquisitionMetadata Metadata)
{
    private static readonly (int Pointer, string Name)[] Directories = [(34665, "Exif"), (34853, "GPS")];

    private static readonly Dictionary<string, string> Names = new()
    {
        ["33434"] = "ExposureTime",
        ["33437"] = "FNumber",
        ["34850"] = "ExposureProgram",
        ["34855"] = "PhotographicSensitivity",
        ["36867"] = "DateTimeOriginal",
        ["36868"] = "DateTimeDigitized",
        ["37377"] = "ShutterSpeedValue",
        ["37378"] = "ApertureValue",
        ["37380"] = "ExposureBiasValue",
        ["37383"] = "MeteringMode",
        ["37385"] = "Flash",
        ["37386"] = "FocalLength",
        ["40961"] = "ColorSpace",
        ["40962"] = "PixelXDimension",
        ["40963"] = "PixelYDimension",
        ["41989"] = "FocalLengthIn35mmFilm",
        ["42036"] = "LensModel",
    };

    /// <summary>Reads the directories; a damaged one costs its tags only, as the photo does not need them.</summary>
    public static async Task<Exif> ReadAsync(IByteSource tiff, CancellationToken ct)
    {
        var original = new JsonObject();
        string? moment = null, instrument = null;
        double? seconds = null;
        try
        {
            var head = await tiff.ReadBlockAsync(0, Math.Min(16, tiff.Length), ct);
            var layout = TiffLayout.Of(head) ?? throw ProblemException.Unreadable("No TIFF directory.");
            var (main, _) = await TiffDirectories.PageAsync(tiff, layout, layout.Word(head.AsSpan(layout.Big ? 8 : 4)), ct);
            original = await TiffTagNames.ReadAsync(main, ct);
            moment = TiffMoment.Iso(await main.TextAsync(306, ct));
            instrument = $"{await main.TextAsync(271, ct)} {await main.TextAsync(272, ct)}".Trim();
            foreach (var (pointer, name) in Directories.Where(directory => main.Has(directory.Pointer)))
            {
                var (tags, _) = await TiffDirectories.PageAsync(tiff, layout, (ulong)await main.LongAsync(pointer, 0, ct), ct);
                original[name] = Named(await TiffTagNames.ReadAsync(tags, ct));
                moment = name == "Exif" ? TiffMoment.Iso(await tags.TextAsync(36867, ct)) ?? moment : moment;
                seconds = name == "Exif" ? await tags.NumberAsync(33434, ct) : seconds;
            }
        }
        catch (ProblemException damaged)
        {
            original["damaged"] = damaged.Message;
        }

        return new Exif(original, new() { AcquiredAt = moment, ExposureS = seconds is > 0 ? seconds : null, Instrument = instrument is { Length: > 0 } ? instrument : null });
    }

    private static JsonObject Named(JsonObject numbered) => new(numbered.Select(pair => KeyValuePair.Create(Names.GetValueOrDefault(pair.Key, pair.Key), pair.Value?.DeepClone())));
}
