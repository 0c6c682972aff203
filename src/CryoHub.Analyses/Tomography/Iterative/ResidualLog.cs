using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tomography.Iterative;

/// <summary>How the residual fell in one part, and what was left of it where: sums of squares, so that those of the parts add up.</summary>
internal sealed class ResidualLog(TomogramPlan plan, int rounds)
{
    private readonly double[] numbers = NotYet(plan, rounds);

    public int Rounds => rounds;

    /// <summary>Squares of b - A x before each iteration and after the last; NaN where it was stopped before.</summary>
    public Span<double> Squares => numbers.AsSpan(0, rounds + 1);

    /// <summary>Squares of b, [view].</summary>
    public Span<double> Measured => numbers.AsSpan(rounds + 1, plan.Views.Length);

    /// <summary>Squares of what is left, [view][detector].</summary>
    public Span<double> Left => numbers.AsSpan(rounds + 1 + plan.Views.Length);

    /// <summary>Iterations that were done.</summary>
    public int Done => rounds - Squares.Count(double.NaN);

    /// <summary>Length in a part's file, behind its voxels.</summary>
    public static long Bytes(TomogramPlan plan, int rounds) => sizeof(double) * (rounds + 1L + ((1L + plan.Grid.Across) * plan.Views.Length));

    /// <summary>Relative residual after each iteration that was done.</summary>
    public double[] Relative()
    {
        var whole = 0.0;
        foreach (var square in Measured)
        {
            whole += square;
        }

        return [.. Squares[..(Done + 1)].ToArray().Select(square => whole > 0 ? Math.Sqrt(square / whole) : 0)];
    }

    public Task WriteAsync(Stream output, CancellationToken ct) => output.WriteAsync(MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray(), ct).AsTask();

    /// <summary>Adds what the end of a part's file says; where a part stopped before the others, the sums are those of the fewest iterations.</summary>
    public async Task AddAsync(IByteSource part, CancellationToken ct)
    {
        var bytes = new byte[numbers.Length * sizeof(double)];
        await part.ReadAsync(part.Length - bytes.Length, bytes, ct);
        var read = MemoryMarshal.Cast<byte, double>(bytes);
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] += read[i];
        }
    }

    /// <summary>A log to which parts are added.</summary>
    public static ResidualLog Empty(TomogramPlan plan, int rounds)
    {
        var log = new ResidualLog(plan, rounds);
        log.numbers.AsSpan().Clear();
        return log;
    }

    private static double[] NotYet(TomogramPlan plan, int rounds)
    {
        var numbers = new double[rounds + 1 + ((1 + plan.Grid.Across) * plan.Views.Length)];
        numbers.AsSpan(0, rounds + 1).Fill(double.NaN);
        return numbers;
    }
}
