using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels.References;

/// <summary>The reference spectra on the channels of the signal, each with an area of one in the fitted range, and the background's shapes after them.</summary>
internal sealed class ReferenceSet
{
    private const int FewestChannels = 5;
    private static readonly double[] Exponents = [2, 3, 4, 5];

    private ReferenceSet(string[] names, ChannelRange range, double[] design, int shapes) => (Names, Range, Design, Shapes) = (names, range, design, shapes);

    public string[] Names { get; }

    /// <summary>The fitted channels of the signal.</summary>
    public ChannelRange Range { get; }

    /// <summary>[column, fitted channel]: references, then background.</summary>
    public double[] Design { get; }

    /// <summary>Columns of the background.</summary>
    public int Shapes { get; }

    public int Columns => Names.Length + Shapes;

    /// <summary>Reads all spectra of the references: every spectrum of a line is one, an image gives its mean.</summary>
    /// <exception cref="ProblemException">They do not cover the range, hold nothing there, or are as many as the channels.</exception>
    public static async Task<ReferenceSet> ReadAsync(string title, IReadOnlyList<ISignal> signals, EnergyScale scale, EelsReferencesParameters parameters, CancellationToken ct)
    {
        var cubes = signals.Select(signal => new SpectrumCube(title, signal)).ToArray();
        var lowest = Math.Max(scale.Lowest, cubes.Max(cube => cube.Scale.Lowest));
        var highest = Math.Min(scale.Highest, cubes.Min(cube => cube.Scale.Highest));
        if (!(highest > lowest))
        {
            throw ProblemException.Invalid(FormattableString.Invariant(
                $"Signal and references share no energies: the signal covers {scale.Lowest:0.#} to {scale.Highest:0.#} eV, the references {string.Join(", ", cubes.Select(cube => FormattableString.Invariant($"{cube.Scale.Lowest:0.#} to {cube.Scale.Highest:0.#} eV")))}."));
        }

        var half = (scale.At(1) - scale.At(0)) / 2;   // a window ends before its second energy: the last channel is to be in it
        var (from, to) = (parameters.From ?? lowest, parameters.To ?? (highest + half));
        if (from < lowest - 1e-6 || to > highest + half + 1e-6)
        {
            throw ProblemException.Invalid(FormattableString.Invariant($"The fitted range {from:0.###} to {to:0.###} eV reaches beyond what signal and references share, {lowest:0.###} to {highest:0.###} eV."));
        }

        var range = scale.Window(from, to);
        var (names, columns) = (new List<string>(), new List<double[]>());
        foreach (var (signal, cube) in signals.Zip(cubes))
        {
            foreach (var (name, counts) in await SpectraAsync(signal, cube, ct))
            {
                names.Add(names.Count < parameters.Names.Count ? parameters.Names[names.Count] : name);
                columns.Add(Column(name, counts, cube.Scale, scale, range));
            }
        }

        var shapes = parameters.Background == ReferenceBackground.PowerLaws ? Powers(scale, range) : [];
        if (range.Count < Math.Max(FewestChannels, 2 * (columns.Count + shapes.Length)))
        {
            throw ProblemException.Invalid($"The fitted range holds {range.Count} channels; {columns.Count} references and {shapes.Length} background shapes need at least {Math.Max(FewestChannels, 2 * (columns.Count + shapes.Length))}.");
        }

        return new ReferenceSet(Distinct(names), range, [.. columns.Concat(shapes).SelectMany(column => column)], shapes.Length);
    }

    private static async Task<IReadOnlyList<(string Name, double[] Counts)>> SpectraAsync(ISignal signal, SpectrumCube cube, CancellationToken ct)
    {
        var row = new float[cube.Columns * cube.Channels];
        var sum = new double[cube.Channels];
        var spectra = new List<(string, double[])>();
        for (var y = 0; y < cube.Rows; y++)
        {
            await signal.ReadAsync(y, row, ct);
            for (var x = 0; x < cube.Columns; x++)
            {
                double[] counts = [.. row.Skip(x * cube.Channels).Take(cube.Channels).Select(count => (double)count)];
                for (var channel = 0; channel < sum.Length; channel++)
                {
                    sum[channel] += counts[channel];
                }

                if (cube.Header.Kind == SignalKind.SpectrumLine)
                {
                    spectra.Add(($"{cube.Header.Name} {x + 1}", counts));
                }
            }
        }

        return spectra.Count > 0 ? spectra : [(cube.Header.Name, [.. sum.Select(count => count / cube.Pixels)])];
    }

    /// <summary>The reference at the middles of the signal's channels, between its own by a straight line, scaled to an area of one.</summary>
    private static double[] Column(string name, double[] counts, EnergyScale own, EnergyScale scale, ChannelRange range)
    {
        var column = new double[range.Count];
        for (var i = 0; i < range.Count; i++)
        {
            var place = (scale.At(range.First + i) - own.Lowest) / (own.At(1) - own.Lowest);
            var left = (int)Math.Clamp(Math.Floor(place), 0, counts.Length - 2);
            column[i] = counts[left] + ((place - left) * (counts[left + 1] - counts[left]));
        }

        var area = column.Sum();
        return area > 0 && double.IsFinite(area)
            ? [.. column.Select(count => count / area)]
            : throw ProblemException.Invalid(FormattableString.Invariant($"The reference \"{name}\" has {area:0.###} counts between {range.LowEdge:0.#} and {range.HighEdge:0.#} eV; it needs a positive sum without missing channels."));
    }

    private static double[][] Powers(EnergyScale scale, ChannelRange range)
    {
        if (range.LowEdge <= 0)
        {
            throw ProblemException.Invalid(FormattableString.Invariant($"Power laws need energies above zero; the fitted range begins at {range.LowEdge:0.###} eV."));
        }

        return [.. Exponents.Select(exponent =>
        {
            double[] shape = [.. Enumerable.Range(range.First, range.Count).Select(channel => Math.Pow(scale.At(channel) / range.Centre, -exponent))];
            var area = shape.Sum();
            return shape.Select(value => value / area).ToArray();
        })];
    }

    private static string[] Distinct(List<string> names) => [.. names.Select((name, i) => names.IndexOf(name) < i ? $"{name} ({i + 1})" : name)];
}
