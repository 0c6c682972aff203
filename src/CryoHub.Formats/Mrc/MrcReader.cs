using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Mrc;

/// <summary>MRC2014 and its older relatives, with tilt angles from the files beside it or from the extended header.</summary>
public sealed class MrcReader : IFormatReader
{
    private static readonly string[] VolumeEndings = [".rec", ".map", ".ccp4"];

    private static readonly string[] StackEndings = [".mrcs", ".st", ".ali", ".preali"];

    public FormatInfo Format { get; } = new(
        "mrc",
        "MRC / CCP4",
        [".mrc", .. StackEndings, .. VolumeEndings],
        "modes 0, 1, 2, 3, 4, 6, 12, 16 and 101, both byte orders, extended headers of FEI, SerialEM and Agard, tilt angles from .tlt, .mdoc and .rawtlt files",
        "skewed cells as geometry (cell angles are kept as metadata)",
        "https://www.ccpem.ac.uk/mrc_format/mrc2014.php");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var named = Format.Extensions.Contains(Path.GetExtension(fileName).ToLowerInvariant());
        if (head.Length < MrcHeader.Length)
        {
            return named && !head.IsEmpty ? Match.Maybe : Match.No;
        }

        var header = MrcHeader.Parse(head);
        return header.HasMagic ? Match.Certain : named && header.IsPlausible ? Match.Maybe : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        if (file.Bytes.Length < MrcHeader.Length)
        {
            throw ProblemException.Unreadable($"An MRC header takes {MrcHeader.Length} bytes; the file holds {file.Bytes.Length}.");
        }

        var header = MrcHeader.Parse(await file.Bytes.ReadBlockAsync(0, MrcHeader.Length, ct));
        var layout = MrcLayout.Of(header, file.Bytes.Length);
        var original = MrcOriginal.Of(header);
        var extended = await MrcExtendedHeader.ReadAsync(header, file.Bytes, ct);
        var (tilts, mdoc) = await TiltAngles.FindAsync(file, header.Sections, extended.TiltDeg, ct);
        Keep(original, "extendedHeader", extended.Original);
        Keep(original, "mdoc", mdoc?.Original);
        Keep(original, "tiltAnglesFrom", tilts?.Source);

        var kind = KindOf(header, tilts, Path.GetExtension(file.Name).ToLowerInvariant());
        var metadata = MrcMetadata.Of(extended, mdoc, kind);
        var signalHeader = new SignalHeader(Path.GetFileNameWithoutExtension(file.Name), kind, layout.Pixel, Axes(header, kind, tilts), metadata, new MetadataTree(original));
        return [new MrcSignal(signalHeader, header, layout, file.Bytes)];
    }

    private static SignalKind KindOf(MrcHeader header, TiltAngles? tilts, string ending)
    {
        if (header.Sections == 1)
        {
            return header.SpaceGroup == 0 ? SignalKind.Image : SignalKind.ImageStack;
        }

        if (tilts is not null && !VolumeEndings.Contains(ending))
        {
            return SignalKind.TiltSeries;
        }

        var isStack = (header.SpaceGroup == 0 && !VolumeEndings.Contains(ending)) || StackEndings.Contains(ending);
        return isStack ? SignalKind.ImageStack : SignalKind.Volume;
    }

    /// <summary>Lengths in nanometres; an axis whose spacing the header leaves at zero is not calibrated.</summary>
    private static List<Axis> Axes(MrcHeader header, SignalKind kind, TiltAngles? tilts)
    {
        var (column, row, section) = header.Spacing();
        List<Axis> axes = [Space("y", header.Rows, row), Space("x", header.Columns, column)];
        if (kind == SignalKind.Image)
        {
            return axes;
        }

        if (kind == SignalKind.TiltSeries)
        {
            return [new Axis("tilt", header.Sections, "deg", AxisRole.Tilt, Values: tilts!.Degrees), .. axes];
        }

        var volumes = header.SpaceGroup > 400 && header.SectionsPerVolume > 0 && header.Sections % header.SectionsPerVolume == 0 ? header.Sections / header.SectionsPerVolume : 1;
        if (volumes > 1)
        {
            return [new Axis("volume", volumes, "", AxisRole.Frame), Space("z", header.SectionsPerVolume, section), .. axes];
        }

        return kind == SignalKind.Volume
            ? [Space("z", header.Sections, section), .. axes]
            : [Space("frame", header.Sections, section) with { Role = AxisRole.Frame }, .. axes];
    }

    private static Axis Space(string name, long size, double angstrom) =>
        angstrom == 0 ? new Axis(name, size, "", AxisRole.Space) : new Axis(name, size, "nm", AxisRole.Space, angstrom / 10);

    private static void Keep(JsonObject tree, string name, JsonNode? value)
    {
        if (value is not null)
        {
            tree[name] = value;
        }
    }
}
