using System.Globalization;
using CryoHub.Platform.Ledgers;

namespace CryoHub.Web.Features.Steps;

/// <summary>Geometry of the picture "from cell to image": equal width a step, one row a ledger, all on one axis. Lengths in CSS pixels.</summary>
internal sealed class ChainView
{
    public const int Labels = 124, StepWidth = 122, RowHeight = 106;

    private const int Inset = 18;

    private readonly SampleLedgers ledgers;
    private readonly (double Low, double High) kelvins;
    private readonly double mostPpm;
    private readonly double mostDose;

    public ChainView(SampleLedgers ledgers)
    {
        this.ledgers = ledgers;
        var temperatures = ledgers.Temperature.SelectMany(entry => (double?[])[entry.MinK, entry.MaxK, entry.LimitK]).OfType<double>().DefaultIfEmpty(293).ToList();
        kelvins = (temperatures.Min() - 5, temperatures.Max() + 5);
        mostPpm = ledgers.Exposure.Select(entry => Math.Max(entry.OxygenPpmMin, entry.WaterPpmMin)).DefaultIfEmpty().Max();
        mostDose = ledgers.MostPerA2;
    }

    public int Steps => ledgers.Steps.Count;

    public int Width => Labels + (Steps * StepWidth);

    public static int Left(int step) => Labels + (step * StepWidth);

    /// <summary>Runs of steps by one person: who, first step, number of steps.</summary>
    public IEnumerable<(string Person, int First, int Count)> Holders()
    {
        for (var first = 0; first < Steps;)
        {
            var person = ledgers.Steps[first].Person;
            var next = first + 1;
            while (next < Steps && ledgers.Steps[next].Person == person)
            {
                next++;
            }

            yield return (person, first, next - first);
            first = next;
        }
    }

    /// <summary>Broken where a temperature is missing: a gap is not a value.</summary>
    public string TemperatureLine()
    {
        var path = new List<string>();
        var drawing = false;
        foreach (var (entry, i) in ledgers.Temperature.Select((entry, i) => (entry, i)))
        {
            if (entry is not { MinK: { } min, MaxK: { } max })
            {
                drawing = false;
                continue;
            }

            path.Add(Invariant($"{(drawing ? "L" : "M")}{Left(i)} {Kelvin(max)}L{Left(i + 1)} {Kelvin(min)}"));
            drawing = true;
        }

        return string.Concat(path);
    }

    public double Kelvin(double kelvin) => Scale((kelvin - kelvins.Low) / (kelvins.High - kelvins.Low));

    public string PpmLine(Func<ExposureEntry, double> sum) => Climb([.. ledgers.Exposure.Select(entry => mostPpm > 0 ? sum(entry) / mostPpm : 0)]);

    /// <summary>Sum after each step, on a root scale: an atlas is seen beside a tilt series.</summary>
    public string DoseLine()
    {
        var sums = new List<double>();
        var most = 0.0;
        foreach (var step in ledgers.Steps)
        {
            most = Math.Max(most, ledgers.Dose.FirstOrDefault(entry => entry.Acquisition.Step.Id == step.Id)?.SumPerA2 ?? 0);
            sums.Add(mostDose > 0 ? Math.Sqrt(most / mostDose) : 0);
        }

        return Stairs(sums);
    }

    private static double Scale(double share) => RowHeight - Inset - (share * (RowHeight - (2 * Inset)));

    private static string Climb(IReadOnlyList<double> ends)
    {
        var path = Invariant($"M{Left(0)} {Scale(0)}");
        return path + string.Concat(ends.Select((end, i) => Invariant($"L{Left(i + 1)} {Scale(end)}")));
    }

    private static string Stairs(List<double> levels)
    {
        var path = Invariant($"M{Left(0)} {Scale(0)}");
        return path + string.Concat(levels.Select((level, i) => Invariant($"V{Scale(level)}H{Left(i + 1)}")));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
