using System.Globalization;
using CryoHub.Platform.Samples;

namespace CryoHub.Web.Components;

/// <summary>How numbers, times and kinds are written on pages: SI, thin typography, minus as U+2212.</summary>
public static class Words
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private static readonly (string Unit, double Metres)[] Ladder = [("m", 1), ("mm", 1e-3), ("µm", 1e-6), ("nm", 1e-9), ("pm", 1e-12)];

    private static readonly Dictionary<string, double> Metres =
        new(Ladder.Select(step => KeyValuePair.Create(step.Unit, step.Metres))) { ["μm"] = 1e-6, ["um"] = 1e-6, ["cm"] = 1e-2, ["Å"] = 1e-10 };

    /// <summary>For instance "Tilt series".</summary>
    public static string Kind(string key) => key switch
    {
        "" => "Not read yet",
        "spectrum-image" => "Spectrum image",
        "ebsd-map" => "EBSD map",
        _ => char.ToUpperInvariant(key[0]) + key[1..].Replace('-', ' '),
    };

    public static string Kind(SampleKind kind) => kind.ToString();

    /// <summary>Decimal units, three digits: "1.02 GB".</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB", "PB"];
        var value = (double)bytes;
        var unit = 0;
        while (value >= 999.5 && unit < units.Length - 1)   // what would be written as "1000 kB" is "1.00 MB"
        {
            value /= 1000;
            unit++;
        }

        return unit == 0 ? $"{bytes} B" : $"{value.ToString(value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00", Culture)} {units[unit]}";
    }

    /// <summary>Sizes of the axes: "91 × 64 × 64".</summary>
    public static string Shape(IEnumerable<long> shape) => string.Join(" × ", shape.Select(size => size.ToString("N0", Culture)));

    /// <summary>"16 Nov 14:22", with the year where it is another one; UTC.</summary>
    public static string When(DateTimeOffset at, DateTimeOffset now) =>
        at.UtcDateTime.ToString(at.Year == now.Year ? "d MMM HH:mm" : "d MMM yyyy", Culture);

    /// <summary>"1 min 12 s".</summary>
    public static string Duration(TimeSpan span) => span.TotalSeconds < 10
        ? $"{span.TotalSeconds.ToString("0.0", Culture)} s"
        : span.TotalMinutes < 1 ? $"{span.Seconds} s" : span.TotalHours < 1 ? $"{span.Minutes} min {span.Seconds} s" : $"{(int)span.TotalHours} h {span.Minutes} min";

    /// <summary>A number with as many digits as its uncertainty carries: "20.6 ± 1.4"; five significant digits without one.</summary>
    public static string Value(double value, double? uncertainty)
    {
        if (!double.IsFinite(value))
        {
            return "no value";
        }

        if (uncertainty is not > 0)
        {
            return Minus(value.ToString("G5", Culture));
        }

        // Two digits of the uncertainty while it begins with 1 or 2, else one.
        var exponent = (int)Math.Floor(Math.Log10(uncertainty.Value));
        var leading = uncertainty.Value / Math.Pow(10, exponent);
        var decimals = (leading < 3 ? 1 : 0) - exponent;
        return decimals >= 0
            ? Minus($"{value.ToString("F" + decimals, Culture)} ± {uncertainty.Value.ToString("F" + decimals, Culture)}")
            : Minus($"{Round(value, -decimals).ToString("N0", Culture)} ± {Round(uncertainty.Value, -decimals).ToString("N0", Culture)}");
    }

    /// <summary>A length in the unit that keeps it between 1 and 1000, its own where it does ("12.3 nm" for 0.0123 µm); other units stay as the file states them.</summary>
    public static string Length(double value, string unit)
    {
        if (!Metres.TryGetValue(unit, out var metres) || value == 0 || Math.Abs(value) is >= 1 and < 1000)
        {
            return Minus($"{value.ToString("G6", Culture)} {unit}");
        }

        var length = value * metres;
        var (name, size) = Ladder.FirstOrDefault(step => Math.Abs(length) >= step.Metres * (1 - 1e-9), Ladder[^1]);
        return Minus($"{(length / size).ToString("G6", Culture)} {name}");
    }

    private static double Round(double value, int zeros) => Math.Round(value / Math.Pow(10, zeros)) * Math.Pow(10, zeros);

    private static string Minus(string text) => text.Replace('-', '−');
}
