using CryoHub.Analyses.Eels.Edges;

namespace CryoHub.Analyses.Eels.FindEdges;

/// <summary>
/// Names the edges of one spectrum. An edge is a rise near an onset of the table, above the power law before it by more than noise and misfit; of several that claim a
/// rise, the one wins whose position, partner and shape fit best. What lies in the fine structure of a stronger edge is left to that edge.
/// </summary>
internal sealed class EdgeFinder(NoisySpectrum spectrum, IReadOnlyCollection<string> wanted)
{
    private const double LeastSignificance = 5;
    private const double LeastRise = 4;
    private const double SlowRise = 4.5;        // eV
    private const double SameRise = 5;          // eV
    private const double LeastJump = 0.008;     // of the background: below, the power law's own error decides
    private const double LeastScore = 0.3;
    private const double FineStructure = 32;    // eV after an onset
    private const double Oscillation = 0.2;    // of an edge's jump: what its extended fine structure may reach
    private const double OscillationReach = 250; // eV

    private readonly EelsEdge[] candidates =
        [.. EdgeTable.Major(spectrum.Lowest, spectrum.Highest).Where(edge => edge.Shell is not ("L2" or "M4" or "M2") && (wanted.Count == 0 || wanted.Contains(edge.Element)))];

    /// <summary>The edges found, by energy, when all energies of the file are <paramref name="shift"/> eV too high.</summary>
    public IReadOnlyList<FoundEdge> Find(double shift)
    {
        var found = new List<FoundEdge>();
        while (Best(found, shift) is { } best)
        {
            found.Add(best);
        }

        return [.. found.OrderBy(edge => edge.RiseEv)];
    }

    /// <summary>Steepest rise near an energy, over twice <paramref name="rise"/> eV, compared with the fall of the background; with its significance.</summary>
    private (double Energy, double Rise, double Significance) Rise(PreEdge background, double from, double to, double rise)
    {
        var (best, most, significance) = (double.NaN, double.NegativeInfinity, 0.0);
        for (var energy = from; energy <= to; energy += Math.Max(spectrum.Step / 2, 0.1))
        {
            var (before, noiseBefore) = spectrum.Mean(energy - rise, energy);
            var (after, noiseAfter) = spectrum.Mean(energy, energy + rise);
            var value = Math.Log(after / before) + background.Fall(energy, rise);
            if (value > most)
            {
                (best, most, significance) = (energy, value, value / Math.Sqrt((noiseBefore * noiseBefore) + (noiseAfter * noiseAfter)));
            }
        }

        return (best, most, significance);
    }

    private FoundEdge? Best(List<FoundEdge> found, double shift)
    {
        var list = candidates
            .Where(edge => found.All(other => other.Edge.Element != edge.Element))
            .Select(edge => Try(edge, found, shift))
            .OfType<FoundEdge>()
            .Where(edge => edge.Score >= LeastScore)
            .OrderByDescending(edge => edge.Score)
            .ToArray();
        if (list.Length == 0)
        {
            return null;
        }

        // From low to high energies, as each edge decides where the background of the next may begin.
        var lowest = list.Min(edge => edge.RiseEv);
        var best = list.First(edge => edge.RiseEv < lowest + SameRise);
        return best with { Alternatives = [.. list.Where(other => other != best && Math.Abs(other.RiseEv - best.RiseEv) < SameRise && other.Score > 0.6 * best.Score).Select(other => other.Edge.Name)] };
    }

    private FoundEdge? Try(EelsEdge edge, List<FoundEdge> found, double shift)
    {
        var shape = EdgeShape.Of(edge);
        var onset = edge.OnsetEv + shift;
        var end = onset - shape.Before - 1;
        var start = Math.Max(end - Math.Clamp(0.1 * onset, 8, 50), spectrum.Lowest);
        foreach (var other in found.Where(other => other.RiseEv < end))
        {
            start = Math.Max(start, Math.Min(other.RiseEv + 15, end - 10));   // the other's onset would bend the background
        }

        if (PreEdge.Of(spectrum, start, end) is not { } background || onset + shape.After + 6 > spectrum.Highest)
        {
            return null;
        }

        var width = Math.Max(shape.Rise, 2 * spectrum.Step);
        var (position, rise, steep) = Rise(background, onset - shape.Before, onset + shape.After, width);
        var (outside, _, _) = Rise(background, position - (2 * width), Math.Min(position + (2 * width), spectrum.Highest - width), width);
        if (steep < LeastRise || Math.Abs(outside - position) > Math.Max(width / 2, 1) || Hidden(position, found))
        {
            return null;   // flat, or on the slope of a steeper rise nearby
        }

        var (jump, sigma) = Jump(background, position + (width / 2), Math.Clamp(0.04 * onset, 5, 25));
        var significance = jump / sigma;
        if (significance < LeastSignificance || jump < LeastJump || rise < 0.2 * Math.Min(jump, 0.5)
            || found.Any(other => position > other.RiseEv && position - other.RiseEv < OscillationReach && jump < Oscillation * other.Jump))
        {
            return null;
        }

        var distance = (position - onset - shape.Delay) / (2 + (shape.After / 3));
        var score = significance / (significance + 3) * Math.Exp(-0.5 * distance * distance) * Partner(edge, background, position, width) * Line(shape, background, position) * Sharpness(shape, background, position, jump) * shape.Prior;
        return new FoundEdge(edge, position, jump, significance, score, background);
    }

    /// <summary>Whether that energy lies in the fine structure of a found edge, where a second one cannot be told from it.</summary>
    private static bool Hidden(double energy, List<FoundEdge> found) =>
        found.Any(other => energy > other.RiseEv - 4 && energy < other.RiseEv + FineStructure + Splitting(other.Edge));

    private (double Jump, double Sigma) Jump(PreEdge background, double from, double width)
    {
        var to = Math.Min(from + width, spectrum.Highest);
        var (mean, noise) = spectrum.Mean(from, to);
        var expected = background.At((from + to) / 2);
        var ratio = mean / expected;
        var relative = background.Relative((from + to) / 2);
        return (ratio - 1, Math.Sqrt((noise * noise) + (relative * relative)));   // as if there were no edge: what chance would give
    }

    /// <summary>1 where the second sub-shell rises too, or none is expected apart from the first.</summary>
    private double Partner(EelsEdge edge, PreEdge background, double position, double width)
    {
        var splitting = Splitting(edge);
        var sharp = EdgeShape.Of(edge).WhiteLines == true;
        if (!sharp || splitting < 3 || position + splitting + 6 > spectrum.Highest)
        {
            return 1;
        }

        var (_, rise, significance) = Rise(background, position + splitting - 2, position + splitting + 2, Math.Min(width, splitting / 2));
        return rise > 0 && significance > 3 ? 1 : 0.6;
    }

    /// <summary>1 where a white line is as the shape expects it.</summary>
    private double Line(EdgeShape shape, PreEdge background, double position)
    {
        if (shape.WhiteLines is not { } expected || position + 25 > spectrum.Highest)
        {
            return 1;
        }

        var (far, _) = spectrum.Mean(position + 12, position + 22);
        var line = Enumerable.Range(0, 6).Max(i => spectrum.Mean(position + i, position + i + 1.5).Mean / background.At(position + i)) - 1;
        var ratio = line / Math.Max(1e-3, (far / background.At(position + 17)) - 1);
        return expected ? (ratio > 1.15 ? 1 : 0.7) : ratio > 2 ? 0.6 : 1;
    }

    /// <summary>Less than 1 where an edge that is known to rise slowly rises at once.</summary>
    private double Sharpness(EdgeShape shape, PreEdge background, double position, double jump)
    {
        if (shape.Rise < SlowRise)
        {
            return 1;
        }

        var sharp = Math.Max(2, 2 * spectrum.Step);
        var (_, rise, _) = Rise(background, position - (shape.Rise / 2), position + (shape.Rise / 2), sharp);
        return rise > 0.5 * Math.Log(1 + jump) ? 0.5 : 1;
    }

    private static double Splitting(EelsEdge edge) => edge.Shell switch
    {
        "L3" => EdgeTable.Find(edge.Element, "L2")!.OnsetEv - edge.OnsetEv,
        "M5" => EdgeTable.Find(edge.Element, "M4")!.OnsetEv - edge.OnsetEv,
        "M3" => EdgeTable.Find(edge.Element, "M2")!.OnsetEv - edge.OnsetEv,
        _ => 0,
    };
}
