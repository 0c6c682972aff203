using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Crystals;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Jeol;

/// <summary>Spectra (.eds): a head, the counts, and a foot with the elements that were chosen, the quantification and the detector.</summary>
internal static class JeolSpectrum
{
    private const int HeadBytes = 458;
    private const int MostElements = 128;
    private const long LargestFoot = 1 << 20;

    private const string Head =
        "magic i4, x6, filedate f8, sp_name s80, username s32, x4, arr f8*10, x12, Esc f8, Fnano F f8, E Noise f8, CH Res f8, live time f8, real time f8, DeadTime f8, "
        + "CountRate f8, CountRate n i4, CountRate sum f8*2, CountRate value f8, x8, DeadTime n i4, DeadTime sum f8*2, DeadTime value f8, x8, CoefA f8, CoefB f8, State s32, "
        + "x12, Tpl s32, NumCH i4";

    private const string Parameters =
        "DetT s16, SEM s16, Port s16, AccKV f8, AccNA f8, x38, MnKaRES f8, WorkD f8, InsD f8, XtiltAng f8, TakeAng f8, IncAng f8, x4, ScanSize f8, DT_64 u2, DT_128 u2, "
        + "DT_256 u2, DT_512 u2, DT_1K u2, DetH f8, DirAng f8, XtalAng f8, ElevAng f8, ValidSize f8, WinCMat s4, WinCZ u2, WinCThic f8, WinChem s16, WinChem_nelem u2, "
        + "WinChem_Z u2*5, WinChem_m f8*5, WinThic f8, WinDens f8, SpatMat s4, SpatZ u2, SpatThic f8, SiDead f8, SiThic f8";

    public static async Task<ISignal> OpenAsync(IByteSource file, string name, CancellationToken ct)
    {
        var head = new BlockReader(await file.ReadBlockAsync(0, HeadBytes, ct), text: System.Text.Encoding.UTF8).Fields(Head);
        var channels = head.Integer("NumCH");
        if (channels < 1 || channels > (file.Length - HeadBytes) / 4)
        {
            throw ProblemException.Unreadable($"{name} promises {channels} channels of 4 bytes; the file holds {file.Length - HeadBytes} behind its head.");
        }

        var footAt = HeadBytes + (4 * channels);
        var foot = Foot(new BlockReader(await file.ReadBlockAsync(footAt, Math.Min(LargestFoot, file.Length - footAt), ct), text: System.Text.Encoding.UTF8));
        var detector = foot["Parameters"] as JsonObject;
        var metadata = new AcquisitionMetadata
        {
            BeamEnergyKeV = detector.Positive("AccKV"),
            ExposureS = head.Positive("live time"),
            TiltDeg = detector.Number("XtiltAng"),
            Instrument = detector.Text("SEM"),
            Detector = detector.Text("DetT"),
            AcquiredAt = JeolMoment.Iso(head.Number("filedate")),
            Elements = (foot["Selected elements"] as JsonObject)?.Select(element => ChemicalSymbols.Of((int)(element.Value as JsonObject).Integer("Z")))
                .OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList() is { Count: > 0 } elements ? elements : null,
        };
        var energy = head.Positive("CoefA") is { } step
            ? new Axis("Energy", channels, "keV", AxisRole.Energy, step, head.Number("CoefB") ?? 0)
            : new Axis("Energy", channels, "", AxisRole.Energy);
        var original = new MetadataTree(new JsonObject { ["Header"] = head, ["Footer"] = foot });
        return RawSignal.Of(new SignalHeader(name, SignalKind.Spectrum, PixelType.Int32, [energy], metadata, original), file, HeadBytes);
    }

    /// <summary>Only metadata are at stake: a foot of another version gives what is understood of it.</summary>
    private static JsonObject Foot(BlockReader reader)
    {
        var foot = new JsonObject();
        try
        {
            var excluded = Count(reader.Skip(4));
            foot["Excluded elements"] = new JsonArray([.. Enumerable.Range(0, excluded).Select(_ => JsonValue.Create(reader.UInt16()))]);
            foot["Selected elements"] = Elements(reader);
            foot["Quanti"] = Quantification(reader);
            if (reader.Int32() == 5)
            {
                foot["Parameters"] = reader.Fields(Parameters);
            }
        }
        catch (ProblemException)
        {
            foot["incomplete"] = true;
        }

        return foot;
    }

    private static JsonObject Elements(BlockReader reader)
    {
        var elements = new JsonObject();
        for (var left = Count(reader); left > 0; left--)
        {
            var element = reader.Fields("x4, Z u2, x8, Roi_min u2, Roi_max u2, x14, Energy f8, x24, name s32, x4, lines i4");
            var lines = new JsonObject();
            for (var line = Math.Clamp(element.Integer("lines"), 0, MostElements); line > 0; line--)
            {
                var entry = reader.Fields("x4, energy f8, Z u2");
                var symbol = reader.Text(reader.Byte());
                var transition = reader.Text(reader.Byte());
                entry["detection"] = reader.Int32();
                lines[$"{symbol}_{transition}"] = entry;
            }

            element["Lines"] = lines;
            elements[element.Text("name") ?? $"Z {element.Integer("Z")}"] = element;
        }

        return elements;
    }

    private static JsonObject Quantification(BlockReader reader)
    {
        var results = new JsonObject();
        var count = Count(reader);
        if (count > 0)
        {
            reader.Skip(28);
        }

        for (; count > 0; count--)
        {
            var result = reader.Fields("x4, Z u2, x8, Energy f8, x8, Mass1 (%) f8, Error f8, Atom (%) f8, name s16, Mass2 (%) f8, x8, Counts f8, x16, x8, x8");
            results[result.Text("name") ?? $"Z {result.Integer("Z")}"] = result;
        }

        return results;
    }

    private static int Count(BlockReader reader) =>
        reader.Int32() is >= 0 and <= MostElements and var count ? count : throw ProblemException.Unreadable($"More than {MostElements} elements are listed.");
}
