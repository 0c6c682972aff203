using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Rigaku;

/// <summary>Rigaku's diffraction measurements as text (.ras): one or several scans, each a list of keys and rows of position, intensity and attenuation.</summary>
public sealed class RasReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "rigaku-ras", "Rigaku RAS", [".ras"], "every scan with its keys: positions, intensities and attenuation factors; several scans also as one table",
        "images of area detectors", "https://xrayutilities.sourceforge.io/_modules/xrayutilities/io/rigaku_ras.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.StartsWith("*RAS_DATA_START"u8) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = JapaneseText.Of(await TextBytes.ReadAsync(file.Name, file.Bytes, ct));
        var name = Path.GetFileNameWithoutExtension(file.Name);
        List<RigakuScan> scans = [];
        var at = 0;
        JsonObject keys = [];
        while (text.NextLine(ref at, out var line))
        {
            ct.ThrowIfCancellationRequested();
            if (line.StartsWith("*RAS_HEADER_START"u8))
            {
                keys = [];
            }
            else if (line.StartsWith("*RAS_INT_START"u8))
            {
                scans.Add(RigakuScan.Read(text, ref at, keys));
            }
            else if (line.StartsWith("*"u8) && line.IndexOf((byte)' ') is > 0 and var blank)
            {
                keys[text.Decode(line[1..blank])] = text.Decode(line[(blank + 1)..]).Trim().Trim('"');
            }
        }

        scans.RemoveAll(scan => scan.Rows == 0);
        return scans.Count switch
        {
            0 => throw ProblemException.Unreadable($"{file.Name} holds no row between *RAS_INT_START and *RAS_INT_END."),
            1 => [scans[0].Signal(name)],
            _ => [RigakuScan.Joined(name, scans), .. scans.Select((scan, i) => scan.Signal(FormattableString.Invariant($"{name}, scan {i + 1}")))],
        };
    }
}
