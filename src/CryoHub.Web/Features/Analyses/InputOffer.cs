using CryoHub.Analyses;
using CryoHub.Imaging;
using CryoHub.Platform;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Spectra;

namespace CryoHub.Web.Features.Analyses;

/// <summary>Which signals of a project, and which reference spectra of all labs that a person sees, fit the roles of an analysis.</summary>
internal static class InputOffer
{
    private const int Most = 200;

    /// <param name="wanted">Data sets chosen before, by role; an empty role is the first of the analysis, signal -1 its first fitting signal.</param>
    public static async Task<IReadOnlyList<InputChoice>> OfAsync(
        DatasetCatalog datasets, SpectrumLibrary library, Guid userId, Guid projectId, AnalysisInfo info, IReadOnlyList<JobInputRef> wanted, CancellationToken ct)
    {
        var references = info.Inputs.Any(IsReference) ? (await library.ListAsync(userId, null, new PageRequest(0, Most), ct)).Items : [];
        var choices = new List<InputChoice>();
        foreach (var input in info.Inputs)
        {
            var kinds = input.Kinds.Select(kind => kind.Key()).ToHashSet();
            var options = new List<InputOption>();
            var chosen = new List<InputOption>();
            foreach (var given in wanted.Where(given => given.Role == input.Role || (given.Role.Length == 0 && input == info.Inputs[0])))
            {
                var fitting = await FittingAsync(datasets, userId, given.DatasetId, kinds, ct);
                options.AddRange(fitting);
                chosen.AddRange(fitting.Where(option => given.Signal < 0 || option.Signal == given.Signal).Take(1));
            }

            if (IsReference(input))
            {
                options.AddRange(references.Where(row => options.All(known => known.DatasetId != row.DatasetId || known.Signal != row.Signal))
                    .Select(row => new InputOption(row.DatasetId, row.Signal, $"{row.Name} (library of {row.LabName}: {row.DatasetName})")));
            }

            foreach (var kind in kinds)
            {
                var filter = new DatasetFilter { ProjectId = projectId, Kind = kind, Status = DatasetStatus.Ready, Order = DatasetOrder.Name };
                var page = await datasets.ListAsync(userId, filter, new PageRequest(0, Most), ct);
                options.AddRange(page.Items.Where(row => options.All(known => known.DatasetId != row.Id)).Select(row => new InputOption(row.Id, 0, row.Name)));
            }

            choices.Add(new InputChoice(input, options, chosen));
        }

        return choices;
    }

    /// <summary>Whether spectra of the library fill the role.</summary>
    private static bool IsReference(AnalysisInput input) => input.Role.StartsWith("reference", StringComparison.Ordinal) && input.Kinds.Contains(SignalKind.Spectrum);

    private static async Task<List<InputOption>> FittingAsync(DatasetCatalog datasets, Guid userId, Guid datasetId, HashSet<string> kinds, CancellationToken ct)
    {
        if (await datasets.FindAsync(userId, datasetId, ct) is not { } dataset)
        {
            return [];
        }

        var several = dataset.Signals.Count > 1;
        return [.. dataset.Signals.Where(signal => kinds.Contains(signal.Kind)).Select(signal => new InputOption(datasetId, signal.Index, several ? $"{dataset.Name}: {signal.Name}" : dataset.Name))];
    }
}
