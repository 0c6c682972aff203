namespace CryoHub.Numerics.Components;

/// <summary>Sums over rows that <see cref="NonNegativeFactors"/> needs of their amounts W and coordinates T.</summary>
public sealed class FactorSums(int components, int rank)
{
    /// <summary>W^T W, [component, component].</summary>
    public double[] Gram { get; } = new double[components * components];

    /// <summary>W^T T, [component, rank].</summary>
    public double[] Points { get; } = new double[components * rank];

    /// <summary>Adds one row.</summary>
    public void Add(ReadOnlySpan<double> amounts, ReadOnlySpan<float> point)
    {
        for (var k = 0; k < amounts.Length; k++)
        {
            for (var l = 0; l < amounts.Length; l++)
            {
                Gram[(k * amounts.Length) + l] += amounts[k] * amounts[l];
            }

            for (var r = 0; r < point.Length; r++)
            {
                Points[(k * point.Length) + r] += amounts[k] * point[r];
            }
        }
    }

    /// <summary>Adds the sums of other rows.</summary>
    public void Add(FactorSums other)
    {
        for (var i = 0; i < Gram.Length; i++)
        {
            Gram[i] += other.Gram[i];
        }

        for (var i = 0; i < Points.Length; i++)
        {
            Points[i] += other.Points[i];
        }
    }
}
