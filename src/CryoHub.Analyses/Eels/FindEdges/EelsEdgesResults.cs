using CryoHub.Analyses.Eels.Edges;

namespace CryoHub.Analyses.Eels.FindEdges;

/// <summary>Tables from which a plot takes its labels: edges, fine structure, and every other edge of the elements found.</summary>
internal sealed class EelsEdgesResults(IResultSink results, NoisySpectrum spectrum, float[] counts)
{
    private const double NotableShift = 3;   // eV: smaller ones may be chemical

    public void Write(IReadOnlyList<FoundEdge> found, double shift)
    {
        double[] energies = [.. Enumerable.Range(0, counts.Length).Select(channel => spectrum.At(channel))];
        double[] errors = [.. counts.Select(count => spectrum.Sigma(count))];
        results.Curve("Spectrum of the region", energies, [.. counts.Select(count => (double)count)], "eV", "counts", errors);
        results.Number("Edges found", found.Count, "");
        if (Math.Abs(shift) >= NotableShift)
        {
            results.Number("Energy scale too high by", shift, "eV", 1);
            results.Warn(FormattableString.Invariant($"The edges fit the table best when the file's energies are taken to be {Math.Abs(shift):0} eV too {(shift > 0 ? "high" : "low")}: align on the zero-loss peak, or check the calibration."));
        }

        if (found.Count == 0)
        {
            results.Warn($"No edge stands out of the background by five standard deviations between {spectrum.Lowest:0.#} and {spectrum.Highest:0.#} eV.");
        }

        foreach (var edge in found.Where(edge => edge.Alternatives.Count > 0))
        {
            results.Warn(FormattableString.Invariant($"The rise at {edge.RiseEv:0.0} eV is named {edge.Edge.Name}; {string.Join(", ", edge.Alternatives)} would explain it nearly as well."));
        }

        Edges(found);
        Peaks([.. found.SelectMany((edge, i) => FinePeaks.Of(spectrum, edge, i + 1 < found.Count ? found[i + 1].RiseEv : double.PositiveInfinity))]);
        Labels([.. found.Select(edge => edge.Edge.Element)], shift);
    }

    private void Edges(IReadOnlyList<FoundEdge> found) => results.Table("Edges", [
        new Column("Edge", "", [.. found.Select(edge => (object)edge.Edge.Name)]),
        new Column("Element", "", [.. found.Select(edge => (object)edge.Edge.Element)]),
        new Column("Onset of the table", "eV", [.. found.Select(edge => (object)edge.Edge.OnsetEv)]),
        new Column("Onset found", "eV", [.. found.Select(edge => (object)edge.RiseEv)]),
        new Column("Uncertainty", "eV", [.. found.Select(edge => (object)Math.Max(spectrum.Step, EdgeShape.Of(edge.Edge).Rise / 4))]),
        new Column("Jump over background", "", [.. found.Select(edge => (object)edge.Jump)]),
        new Column("Significance", "sigma", [.. found.Select(edge => (object)edge.Significance)]),
        new Column("Score", "", [.. found.Select(edge => (object)edge.Score)]),
        new Column("Could also be", "", [.. found.Select(edge => (object)string.Join(", ", edge.Alternatives))]),
    ]);

    private void Peaks(IReadOnlyList<FinePeak> peaks) => results.Table("Fine structure", [
        new Column("Edge", "", [.. peaks.Select(peak => (object)peak.Edge)]),
        new Column("Label", "", [.. peaks.Select(peak => (object)peak.Label)]),
        new Column("Energy", "eV", [.. peaks.Select(peak => (object)peak.EnergyEv)]),
        new Column("Uncertainty", "eV", [.. peaks.Select(peak => (object)peak.ErrorEv)]),
        new Column("Height", "", [.. peaks.Select(peak => (object)peak.Height)]),
    ]);

    private void Labels(HashSet<string> elements, double shift)
    {
        EelsEdge[] edges = [.. EdgeTable.All.Where(edge => elements.Contains(edge.Element) && edge.OnsetEv + shift >= spectrum.Lowest && edge.OnsetEv + shift <= spectrum.Highest)];
        results.Table("Labels", [
            new Column("Edge", "", [.. edges.Select(edge => (object)edge.Name)]),
            new Column("Energy", "eV", [.. edges.Select(edge => (object)(edge.OnsetEv + shift))]),
        ]);
    }
}
