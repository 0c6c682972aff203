using System.Buffers.Binary;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.AtomProbe;

/// <summary>Reconstructed ions of an atom probe: .pos and .epos.</summary>
public sealed class IonListReader : IFormatReader
{
    private static readonly SignalColumn[] Columns =
    [
        new("x", "nm"), new("y", "nm"), new("z", "nm"), new("m/n", "Da"), new("TOF", "ns"), new("V_DC", "V"), new("V_pulse", "V"), new("x_detector", "mm"), new("y_detector", "mm"),
        new("pulses since last event", ""), new("ions per pulse", ""),
    ];

    public FormatInfo Format { get; } = new(
        "atom-probe-ions",
        "Atom probe ion list",
        [".pos", ".epos"],
        "Position, mass to charge; of .epos also flight time, voltages, detector position, pulses",
        "",
        "https://doi.org/10.1007/978-1-4614-8721-0");

    /// <summary>The formats have no magic number: what stands there must be lengths of nanometres and masses.</summary>
    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var isExtended = fileName.EndsWith(".epos", StringComparison.OrdinalIgnoreCase);
        var record = isExtended ? 44 : 16;
        if ((!isExtended && !fileName.EndsWith(".pos", StringComparison.OrdinalIgnoreCase)) || head.Length < record)
        {
            return Match.No;
        }

        for (var at = 0; at + record <= head.Length; at += record)
        {
            if (!IsIon(head.Slice(at, record)))
            {
                return Match.No;
            }
        }

        return Match.Certain;
    }

    public Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var isExtended = file.Name.EndsWith(".epos", StringComparison.OrdinalIgnoreCase);
        var (record, width) = isExtended ? (44, 11) : (16, 4);
        if (file.Bytes.Length == 0 || file.Bytes.Length % record != 0)
        {
            throw ProblemException.Unreadable($"An ion takes {record} bytes; the file's {file.Bytes.Length} bytes are no whole number of ions.");
        }

        var ions = file.Bytes.Length / record;
        var pixel = isExtended ? PixelType.Float64 : PixelType.Float32;
        if (ions * width * pixel.Bytes() > Array.MaxLength)
        {
            throw ProblemException.Unreadable($"The file holds {ions} ions of {width} numbers; up to {Array.MaxLength / (width * pixel.Bytes())} are read.");
        }

        var header = new SignalHeader(Path.GetFileNameWithoutExtension(file.Name), SignalKind.PointCloud, pixel,
            [new Axis("ion", ions, "", AxisRole.Index), new Axis("column", width, "", AxisRole.Index)], AcquisitionMetadata.None, MetadataTree.Empty)
        {
            Columns = Columns[..width],
        };
        return Task.FromResult<IReadOnlyList<ISignal>>([new IonListSignal(file.Bytes, header, isExtended)]);
    }

    /// <summary>No specimen is longer than 0.1 mm, no ion heavier than 10,000 Da.</summary>
    private static bool IsIon(ReadOnlySpan<byte> record)
    {
        for (var i = 0; i < 4; i++)
        {
            var value = BinaryPrimitives.ReadSingleBigEndian(record[(4 * i)..]);
            if (!float.IsFinite(value) || Math.Abs(value) > 1e5f || (value != 0 && Math.Abs(value) < 1e-9f) || (i == 3 && value is < -1 or > 1e4f))
            {
                return false;
            }
        }

        return true;
    }
}
