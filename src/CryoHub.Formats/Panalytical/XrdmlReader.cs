using CryoHub.Formats.Text;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;

namespace CryoHub.Formats.Panalytical;

/// <summary>PANalytical's diffraction measurements (XRDML 1.0 to 2.x): every scan is a curve over its scanned angle.</summary>
public sealed class XrdmlReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "xrdml", "PANalytical XRDML", [".xrdml"], "every scan over its scanned axis: counts or intensities; attenuators, wavelengths and optics as metadata",
        "frames of area detectors", "http://www.xrdml.com");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        TextBytes.Head(head).Contains("<xrdMeasurements", StringComparison.Ordinal) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        var root = SafeXml.Parse(text.Span, file.Name);
        var scans = root.Descendants().Where(element => element.Name.LocalName == "scan").ToList();
        if (root.Name.LocalName != "xrdMeasurements" || scans.Count == 0)
        {
            throw ProblemException.Unreadable($"{file.Name} begins with <{root.Name.LocalName}> and has {scans.Count} scans; <xrdMeasurements> with at least one was expected.");
        }

        var name = Path.GetFileNameWithoutExtension(file.Name);
        var signals = new List<ISignal>();
        foreach (var scan in scans)
        {
            ct.ThrowIfCancellationRequested();
            if (XrdmlScan.Parse(scan, scans.Count == 1 ? name : $"{name}, scan {signals.Count + 1}") is { } signal)
            {
                signals.Add(signal);
            }
        }

        return signals.Count > 0 ? signals : throw ProblemException.Unreadable($"None of the {scans.Count} scans of {file.Name} holds counts or intensities.");
    }
}
