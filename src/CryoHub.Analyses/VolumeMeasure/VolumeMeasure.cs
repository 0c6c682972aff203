using System.Runtime.InteropServices;
using CryoHub.Analyses.Volumes;
using CryoHub.Imaging;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.VolumeMeasure;

/// <summary>Volume fractions, surfaces, connections, thicknesses, transport and objects of the phases of a volume.</summary>
public sealed class VolumeMeasure : Analysis<VolumeMeasureParameters>
{
    private const int MostPhases = 16;

    private static readonly SignalKind[] Volumes = [SignalKind.Volume, SignalKind.ImageStack];

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "volume-measure",
        2,
        "Measure a volume",
        "Volume fractions, porosity, surfaces, connections, local thickness, layers, tortuosity, skeletons and objects of the phases of a labelled or thresholded volume, each with its uncertainty.",
        [new AnalysisInput("signal", Volumes, Required: false), new AnalysisInput("labels", Volumes, Required: false)],
        typeof(VolumeMeasureParameters),
        [
            "Hildebrand and Ruegsegger, J. Microsc. 185 (1997) 67, doi:10.1046/j.1365-2818.1997.1340694.x (local thickness)",
            "Lorensen and Cline, Computer Graphics 21 (1987) 163, doi:10.1145/37402.37422 (surfaces)",
            "Cooper et al., SoftwareX 5 (2016) 203, doi:10.1016/j.softx.2016.09.002 (tortuosity factor: volume fraction over effective diffusivity)",
            "Lee, Kashyap and Chu, CVGIP 56 (1994) 462, doi:10.1006/cgip.1994.1042 (skeleton)",
            "Torquato, Random Heterogeneous Materials (2002), doi:10.1007/978-1-4757-6355-8 (chord lengths)",
        ])
    {
        Formula =
        [
            "Volume fraction = voxels of the phase / all voxels; porosity is that of the pores' label.",
            "Surface: marching cubes on the mask smoothed by a Gaussian, at the level that keeps the volume; faces where the volume is cut are no surface.",
            "Local thickness of a voxel: diameter of the largest ball in the phase that holds it, 2 d - half a voxel, d the distance of the ball's middle from the nearest voxel outside.",
            "Tortuosity = volume fraction / (D / D0), D from steady diffusion with concentrations 1 and 0 on two opposite faces and walls elsewhere, solved by conjugate gradients.",
            "Mean chord = 2 x voxels / surfaces met along an axis = 4 V / S. Loops = pieces + cavities - Euler number (26 neighbours for the phase, 6 outside).",
            "Axes of an object are those of the ellipsoid with its moments; sphericity = (36 pi V^2)^(1/3) / surface area.",
            "Uncertainty: everything again with the boundary one voxel further in and one further out; half the difference.",
        ],
        Limits =
        [
            "Grey values without labels need two modes or a threshold: a ramp of brightness is no object.",
            "Where a phase is one or two voxels thick, moving the boundary by a voxel changes everything: the uncertainties then say that the volume is too coarse.",
            "Smoothing rounds sharp edges, so the surface of bodies that meet at an angle comes out up to a sixth too small; 0.5 px keeps more of it, with up to 4 % too much on smooth bodies.",
            "Objects that the volume's border cuts have no sphericity; those below 100 voxels neither, as the grid decides their surface.",
        ],
    };

    /// <inheritdoc/>
    public override Estimate Estimate(EstimateQuestion question)
    {
        const double secondsPerVoxel = 2e-6; // surface, thickness and skeleton of three phases, thrice
        const double solveSecondsPerVoxel = 2e-6; // one direction
        const int bytesPerVoxel = 180; // measured: masks, distances, meshes and results beside the solver
        var parameters = (VolumeMeasureParameters)question.Parameters;
        var header = question.Inputs.GetValueOrDefault("labels") ?? question.Inputs.GetValueOrDefault("signal") ?? throw Missing();
        double voxels = parameters.Box is { } box ? (double)box.Width * box.Height * box.Depth : header.PixelCount;
        var axes = parameters.Tortuosity switch { TortuosityAxes.All => 3, TortuosityAxes.None => 0, _ => 1 };
        var rounds = (parameters.Uncertainty ? 3 : 1) * Math.Max(1, parameters.Phases.Count == 0 ? 3 : parameters.Phases.Count);
        return new Estimate(1 + (rounds * voxels * ((secondsPerVoxel / 3) + (axes * solveSecondsPerVoxel))), Analyses.Estimate.Process + (long)(voxels * bytesPerVoxel));
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, VolumeMeasureParameters parameters, CancellationToken ct)
    {
        var signal = run.Inputs.ContainsKey("signal") ? run.Input(Info, "signal") : null;
        var labels = run.Inputs.ContainsKey("labels") ? run.Input(Info, "labels") : null;
        if (signal is null && labels is null)
        {
            throw Missing();
        }

        var phases = await Phases.ReadAsync(signal, labels, parameters, run, ct);
        var wanted = parameters.Phases.Count > 0 ? parameters.Phases : [.. phases.Counts.Keys];
        foreach (var label in wanted.Concat(new[] { parameters.CollectorLabel, parameters.LayerOn }.OfType<int>()).Where(label => !phases.Counts.ContainsKey(label)))
        {
            throw ProblemException.Invalid($"There are no voxels of label {label}; there are the labels {string.Join(", ", phases.Counts.Keys.Take(20))}{(phases.Counts.Count > 20 ? " ..." : "")}.");
        }

        if (wanted.Count > MostPhases && parameters.Phases.Count == 0)
        {
            throw ProblemException.Invalid($"The volume holds {wanted.Count} labels; more than {MostPhases} are measured only where \"phases\" names them. For a volume of numbered objects give the label volume of the phase instead.");
        }

        phases.Scale.Warnings.ForEach(run.Results.Warn);
        var work = new VolumeWork(phases.Scale.Shape, run.Parallel(ct));
        var table = new List<(int Label, List<Quantity> Numbers, double?[] Errors)>();
        for (var i = 0; i < wanted.Count; i++)
        {
            var (label, round) = (wanted[i], i);
            var measured = await new PhaseReport(run, work, phases, parameters, label, 0.05 + (0.95 * round / wanted.Count), 0.95 / wanted.Count).WriteAsync(ct);
            table.Add((label, measured.Numbers, measured.Errors));
        }

        Summarise(run.Results, work, phases, parameters, table);
    }

    private static ProblemException Missing() => ProblemException.Invalid("Measure a volume needs an input \"labels\" (whole numbers) or \"signal\" (grey values or whole numbers); found none.");

    private static void Summarise(IResultSink results, VolumeWork work, Phases phases, VolumeMeasureParameters parameters, List<(int Label, List<Quantity> Numbers, double?[] Errors)> table)
    {
        var total = (double)phases.Labels.Length;
        if (phases.Counts.TryGetValue(parameters.Pores, out var pores))
        {
            results.Number("Porosity", pores / total, "", Error(parameters.Pores));
        }

        var others = phases.Counts.Where(count => table.All(row => row.Label != count.Key)).ToArray();
        foreach (var (label, count) in others)
        {
            results.Number($"Volume fraction, {phases.Name(label)}", count / total, "", others.Length > MostPhases ? null : Error(label));
        }

        double? Error(int label) => parameters.Uncertainty ? work.FractionError(phases.Mask(label)) : null;

        if (table.Count > 0)
        {
            List<Column> columns = [new("Label", "", [.. table.Select(row => (object)(double)row.Label)]), new("Name", "", [.. table.Select(row => (object)phases.Name(row.Label))])];
            for (var i = 0; i < table[0].Numbers.Count; i++)
            {
                var quantity = i;
                columns.Add(new Column(table[0].Numbers[i].Name, table[0].Numbers[i].Unit, [.. table.Select(row => (object)row.Numbers[quantity].Value)]));
                if (parameters.Uncertainty)
                {
                    columns.Add(new Column(table[0].Numbers[i].Name + " uncertainty", table[0].Numbers[i].Unit, [.. table.Select(row => (object)(row.Errors[quantity] ?? double.NaN))]));
                }
            }

            if (phases.Grey is { } grey)
            {
                columns.Add(new Column("Mean grey value", phases.Scale.Header.ValueUnit, [.. table.Select(row => (object)Mean(grey, phases.Labels, row.Label))]));
            }

            results.Table("Phases", columns);
        }
    }

    private static double Mean(float[] grey, int[] labels, int label)
    {
        var (sum, count) = (0.0, 0L);
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] == label)
            {
                sum += grey[i];
                count++;
            }
        }

        return sum / count;
    }

    /// <summary>Pixels as bytes, for a volume's writer.</summary>
    internal static ReadOnlyMemory<byte> Bytes<T>(T[] pixels)
        where T : unmanaged => MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray();
}
