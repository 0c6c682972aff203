using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Em;

/// <summary>Volumes, images, motive lists and angle lists of the EM and TOM toolbox programs.</summary>
public sealed class EmReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "em",
        "EM (TOM toolbox)",
        [".em", ".emdat"],
        "all number types and both byte orders; object pixel size, voltage, magnification, exposure and tilt where they are stated",
        "",
        "https://www.biochem.mpg.de/6348566/tom_e");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        if (!Format.Extensions.Contains(Path.GetExtension(fileName).ToLowerInvariant()) || head.IsEmpty)
        {
            return Match.No;
        }

        return head.Length < EmHeader.Length || new EmHeader(head).IsPlausible ? Match.Maybe : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        if (file.Bytes.Length < EmHeader.Length)
        {
            throw ProblemException.Unreadable($"An EM header takes {EmHeader.Length} bytes; the file holds {file.Bytes.Length}.");
        }

        var header = new EmHeader(await file.Bytes.ReadBlockAsync(0, EmHeader.Length, ct));
        if (header.Pixel is not { } pixel)
        {
            throw ProblemException.Unreadable($"The header states number type {header.TypeCode}; known are 1, 2, 4, 5, 8, 9 and 10.");
        }

        var step = header.Stated("Objectpixelsize");
        var isVolume = header.Sections > 1;
        var sections = isVolume ? Space("z", header.Sections, step) : new Axis("frame", header.Sections, "", AxisRole.Frame);
        List<Axis> axes = [sections, Space("y", header.Rows, step), Space("x", header.Columns, step)];
        var metadata = new AcquisitionMetadata
        {
            BeamEnergyKeV = header.Stated("Voltage") / 1000,
            Magnification = header.Stated("Magnification"),
            ExposureS = header.Stated("Exposuretime"),
            TiltDeg = header.Stated("Tiltangle"),
            TiltAxisDeg = header.Stated("Tiltaxis"),
        };
        var kind = isVolume ? SignalKind.Volume : SignalKind.ImageStack;
        var signal = new SignalHeader(Path.GetFileNameWithoutExtension(file.Name), kind, pixel, axes, metadata, new MetadataTree(header.Original()));
        return [RawSignal.Of(signal, file.Bytes, EmHeader.Length, header.BigEndian)];
    }

    private static Axis Space(string name, int size, double? nanometres) =>
        nanometres is > 0 and var step ? new Axis(name, size, "nm", AxisRole.Space, step) : new Axis(name, size, "", AxisRole.Space);
}
