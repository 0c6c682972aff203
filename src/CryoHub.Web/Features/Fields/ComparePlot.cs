using System.Globalization;
using CryoHub.Platform.Fields;
using CryoHub.Platform.Literature;

namespace CryoHub.Web.Features.Fields;

/// <summary>Where values stand in the picture of a comparison: one column a group, one scale for all.</summary>
internal sealed class ComparePlot
{
    public const double Width = 880, Height = 380, Left = 64, Right = 12, Top = 14, Bottom = 46;

    private readonly double low;
    private readonly double high;

    private ComparePlot(Comparison comparison, IReadOnlyList<Published> published, double low, double high, double step)
    {
        (Comparison, Beside, this.low, this.high) = (comparison, published, low, high);
        Ticks = [.. Enumerable.Range(0, (int)Math.Round((high - low) / step) + 1).Select(i => low + (i * step))];
    }

    public Comparison Comparison { get; }

    /// <summary>Published values in the unit of the picture; they have a column of their own at the right.</summary>
    public IReadOnlyList<Published> Beside { get; }

    public IReadOnlyList<double> Ticks { get; }

    public double Column => (Width - Left - Right) / (Comparison.Groups.Count + (Beside.Count > 0 ? 1 : 0));

    /// <summary>A scale of round numbers that holds every value and every interval.</summary>
    /// <param name="quantity">What the literature calls it, to draw published values beside; <c>null</c> for none.</param>
    public static ComparePlot? Of(Comparison comparison, string? quantity)
    {
        var published = quantity is null ? [] : PublishedValues.All.Where(value => value.Quantity == quantity).Select(value => Published.In(value, comparison.Value.Unit)).OfType<Published>().ToList();
        var shown = comparison.Groups.SelectMany(group => group.Values.Select(one => one.Value).Concat(new[] { group.Summary.Low, group.Summary.High }.OfType<double>())).Concat(published.SelectMany(value => (double[])[value.Low - (value.Deviation ?? 0), value.High + (value.Deviation ?? 0)])).Where(double.IsFinite).ToList();
        if (comparison.Groups.Count == 0)
        {
            return null;
        }

        var span = shown.Max() - shown.Min() is > 0 and var wide ? wide : Math.Max(Math.Abs(shown[0]), 1);
        var power = Math.Pow(10, Math.Floor(Math.Log10(span / 5)));
        var step = power * (span / 5 / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        return new ComparePlot(comparison, published, Math.Floor(shown.Min() / step) * step, Math.Ceiling((shown.Max() / step) + 1e-9) * step, step);
    }

    public double Y(double value) => Top + ((high - value) / (high - low) * (Height - Top - Bottom));

    /// <summary>Middle of a group's column.</summary>
    public double X(int group) => Left + ((group + 0.5) * Column);

    /// <summary>Values stand beside each other in a spread that is the same each time.</summary>
    public double X(int group, int value) => X(group) + ((-0.14 + ((((value * 0.618) % 1) - 0.5) * 0.36)) * Spread);

    /// <summary>The mean stands beside its values.</summary>
    public double MeanX(int group) => X(group) + (0.2 * Spread);

    private double Spread => Math.Min(Column, 200);

    /// <summary>A number of the picture, as SVG writes it.</summary>
    public static string At(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Number(double? number) => number is { } value ? value.ToString(Math.Abs(value) is >= 1e6 or (> 0 and < 1e-3) ? "G3" : "0.####", CultureInfo.InvariantCulture) : "–";
}
