using System.Globalization;
using System.Text;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Statistics;

namespace CryoHub.Formats.Msa;

/// <summary>EMSA/MAS version 1.0, y values alone.</summary>
public sealed class MsaWriter : IFormatWriter
{
    public string Extension => ".msa";

    public string Writes => "one spectrum of real numbers on a linear axis";

    public string? Refusal(SignalHeader header) =>
        header.Axes.Count == 0 || header.Axes[^1].Size != header.PixelCount || header.Pixel.IsColour() || header.Pixel.IsComplex() || header.Axes[^1].Values is not null
            ? $"An MSA file holds one spectrum of real numbers on a linear axis; {header.Name} is {string.Join(" x ", header.Shape)} {header.Pixel.Name()}."
            : null;

    public async Task<string?> WriteAsync(ISignal signal, Stream output, CancellationToken ct)
    {
        var header = signal.Header;
        if (Refusal(header) is { } refusal)
        {
            throw ProblemException.Invalid(refusal);
        }

        var axis = header.Axes[^1];
        await using var text = new StreamWriter(output, Encoding.Latin1, 64 << 10, leaveOpen: true) { NewLine = "\r\n" };
        foreach (var (keyword, value) in Keywords(header, axis))
        {
            text.WriteLine($"#{keyword,-12}: {Line(value)}");
        }

        await Frames.ForEachAsync(signal, frame =>
        {
            var values = new double[frame.Length / header.Pixel.Bytes()];
            PixelConversion.ToDouble(header.Pixel, frame.Span, values);
            foreach (var value in values)
            {
                text.WriteLine($"{Number(value)},");
            }

            return ValueTask.CompletedTask;
        }, ct);
        text.WriteLine($"#{"ENDOFDATA",-12}: End Of Data and File");
        return null;
    }

    private static IEnumerable<(string Keyword, string Value)> Keywords(SignalHeader header, Axis axis)
    {
        yield return ("FORMAT", "EMSA/MAS Spectral Data File");
        yield return ("VERSION", "1.0");
        yield return ("TITLE", header.Name);
        yield return ("NPOINTS", Number(axis.Size));
        yield return ("NCOLUMNS", "1");
        yield return ("XUNITS", axis.Unit);
        yield return ("YUNITS", "Intensity");
        yield return ("DATATYPE", "Y");
        yield return ("XPERCHAN", Number(axis.Step));
        yield return ("OFFSET", Number(axis.Origin));
        if (header.Metadata.BeamEnergyKeV is { } energy)
        {
            yield return ("BEAMKV   -kV", Number(energy));
        }

        if (header.Metadata.ConvergenceMrad is { } convergence)
        {
            yield return ("CONVANGLE-mR", Number(convergence));
        }

        if (header.Metadata.CollectionMrad is { } collection)
        {
            yield return ("COLLANGLE-mR", Number(collection));
        }

        yield return ("SPECTRUM", "Spectral Data Starts Here");
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Line(string text) => new([.. text.Where(c => !char.IsControl(c))]);
}
