namespace CryoHub.Analyses.Phantoms;

/// <summary>Seeded random numbers of the kinds microscopes make.</summary>
internal sealed class Noise(int seed)
{
    private const double Many = 50; // above this mean a Poisson number is a rounded normal one to better than its own noise

    private readonly Random random = new(seed);

    /// <summary>Evenly between two bounds.</summary>
    public double Between(double low, double high) => low + ((high - low) * random.NextDouble());

    /// <summary>Normal with mean 0 and standard deviation 1 (Box and Muller 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>A count with that mean (Knuth's product of uniforms below 50).</summary>
    public int Poisson(double mean)
    {
        if (mean > Many)
        {
            return (int)Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * Normal())));
        }

        var limit = Math.Exp(-Math.Max(0, mean));
        var count = 0;
        for (var product = random.NextDouble(); product > limit; product *= random.NextDouble())
        {
            count++;
        }

        return count;
    }
}
