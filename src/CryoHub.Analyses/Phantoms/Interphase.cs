using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Phantoms;

/// <summary>
/// An electron energy-loss spectrum image across an interphase: lithium metal, an inner layer of Li2O, an outer organic layer with LiF grains, frozen electrolyte.
/// Power-law background A E^-r and K edges with known strength, so that the net counts of every window are known.
/// </summary>
public sealed class Interphase
{
    /// <summary>Exponent of the background.</summary>
    public const double Exponent = 2.7;

    private const double Channel = 0.75; // eV
    private const double Lowest = 30; // eV

    private readonly int seed;

    /// <summary>The interphase of that seed.</summary>
    /// <param name="seed">Decides boundaries, grains and noise.</param>
    /// <param name="columns">Pixels across the interphase.</param>
    /// <param name="rows">Pixels along it.</param>
    /// <param name="channels">Energy channels of 0.75 eV from 30 eV.</param>
    /// <param name="countsAtOnset">Background counts of a pixel in the channel at 55 eV: the dose.</param>
    public Interphase(int seed, int columns = 96, int rows = 64, int channels = 1024, double countsAtOnset = 4000)
    {
        this.seed = seed;
        (Columns, Rows, Channels, CountsAtOnset) = (columns, rows, channels, countsAtOnset);
        var noise = new Noise(seed);
        (double X, double Y, double Radius)[] grains = [.. Enumerable.Range(0, 9).Select(_ => (noise.Between(0.5, 0.68) * columns, noise.Between(0, rows), noise.Between(2, 4.5)))];
        var phase = noise.Between(0, 6);
        foreach (var edge in Edges)
        {
            Amounts[edge.Name] = new double[rows * columns];
        }

        for (var i = 0; i < rows * columns; i++)
        {
            var (x, y) = ((double)(i % columns), (double)(i / columns));
            var wave = 0.025 * columns * Math.Sin((2 * Math.PI * y / rows) + phase);
            var grain = grains.Any(grain => double.Hypot(x - grain.X, y - grain.Y) < grain.Radius);
            Fill(i, grain ? Layer.Fluoride : x < (0.33 * columns) + wave ? Layer.Metal : x < (0.47 * columns) + wave ? Layer.Oxide : x < (0.7 * columns) - wave ? Layer.Organic : Layer.Electrolyte);
        }
    }

    private enum Layer { Metal, Oxide, Organic, Fluoride, Electrolyte }

    /// <summary>The edges inside the spectrum.</summary>
    public static IReadOnlyList<CoreLossEdge> Edges { get; } = [new("Li K", 55, 1.2), new("C K", 284, 1.0), new("O K", 532, 1.1), new("F K", 685, 1.0)];

    /// <summary>Pixels across the interphase.</summary>
    public int Columns { get; }

    /// <summary>Pixels along the interphase.</summary>
    public int Rows { get; }

    /// <summary>Energy channels.</summary>
    public int Channels { get; }

    /// <summary>Background counts in the channel at 55 eV.</summary>
    public double CountsAtOnset { get; }

    /// <summary>For each edge and pixel [y, x], the amount of the element, 0 to 1.</summary>
    public Dictionary<string, double[]> Amounts { get; } = [];

    /// <summary>Energy of a channel in eV.</summary>
    public static double EnergyOf(int channel) => Lowest + (Channel * channel);

    /// <summary>Noise-free counts of one edge in one pixel between two energies: what a net map should show.</summary>
    public double NetCounts(CoreLossEdge edge, int pixel, double fromEv, double toEv) =>
        Amounts[edge.Name][pixel] * Enumerable.Range(0, Channels).Select(EnergyOf).Where(energy => energy >= fromEv && energy < toEv).Sum(energy => EdgeCounts(edge, energy));

    /// <summary>The spectrum image [y, x, energy] with Poisson noise, float32 as the instrument's software stores it.</summary>
    public ISignal SpectrumImage()
    {
        var noise = new Noise(seed + 1);
        var background = new double[Channels];
        var shapes = Edges.Select(edge => new double[Channels]).ToArray();
        for (var channel = 0; channel < Channels; channel++)
        {
            background[channel] = Background(EnergyOf(channel));
            for (var e = 0; e < shapes.Length; e++)
            {
                shapes[e][channel] = EdgeCounts(Edges[e], EnergyOf(channel));
            }
        }

        var counts = new float[Rows * Columns * Channels];
        for (var pixel = 0; pixel < Rows * Columns; pixel++)
        {
            for (var channel = 0; channel < Channels; channel++)
            {
                var mean = background[channel];
                for (var e = 0; e < shapes.Length; e++)
                {
                    mean += Amounts[Edges[e].Name][pixel] * shapes[e][channel];
                }

                counts[(pixel * Channels) + channel] = noise.Poisson(mean);
            }
        }

        return new ArraySignal(Header(), MemoryMarshal.AsBytes(counts.AsSpan()).ToArray());
    }

    private double Background(double energy) => CountsAtOnset * Math.Pow(energy / 55, -Exponent);

    private double EdgeCounts(CoreLossEdge edge, double energy) => Background(edge.OnsetEv) * edge.Jump * edge.At(energy);

    private SignalHeader Header() => new(
        "Interphase, EELS spectrum image (generated)",
        SignalKind.SpectrumImage,
        PixelType.Float32,
        [
            new Axis("y", Rows, "nm", AxisRole.Space, 0.8),
            new Axis("x", Columns, "nm", AxisRole.Space, 0.8),
            new Axis("energy", Channels, "eV", AxisRole.Energy, Channel, Lowest),
        ],
        new AcquisitionMetadata { BeamEnergyKeV = 300, ConvergenceMrad = 21, CollectionMrad = 40, FluenceEPerA2 = 120, Elements = ["Li", "C", "O", "F"], Instrument = "CryoHub phantom" },
        MetadataTree.Empty);

    /// <summary>Amounts of Li, C, O, F in a layer.</summary>
    private void Fill(int pixel, Layer layer)
    {
        var (li, c, o, f) = layer switch
        {
            Layer.Metal => (1.0, 0.0, 0.0, 0.0),
            Layer.Oxide => (0.67, 0.0, 1.0, 0.0),
            Layer.Organic => (0.3, 0.8, 0.6, 0.1),
            Layer.Fluoride => (0.5, 0.0, 0.0, 1.0),
            _ => (0.05, 0.9, 0.7, 0.3),
        };
        (Amounts["Li K"][pixel], Amounts["C K"][pixel], Amounts["O K"][pixel], Amounts["F K"][pixel]) = (li, c, o, f);
    }
}
