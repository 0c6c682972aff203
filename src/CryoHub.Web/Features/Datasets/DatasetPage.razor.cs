using CryoHub.Platform;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Ledgers;
using CryoHub.Platform.Results;
using CryoHub.Platform.Trash;
using CryoHub.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace CryoHub.Web.Features.Datasets;

/// <summary>One data set: what is in the file, where it came from, what was made of it.</summary>
public sealed partial class DatasetPage : UserPage
{
    private DatasetDetails? dataset;
    private SignalDetails? signal;
    private Page<ResultRow>? results;
    private ImageRecord? record;
    private bool isCalibrated;
    private bool isRecorded;
    private bool isThrownAway;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private DatasetCatalog Datasets { get; set; } = null!;

    [Inject]
    private FileAcquisition Acquisitions { get; set; } = null!;

    [Inject]
    private SampleChronicle Chronicle { get; set; } = null!;

    [Inject]
    private ResultCatalog Results { get; set; } = null!;

    [Inject]
    private TrashBin Trash { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    protected override async Task LoadAsync()
    {
        if (isThrownAway)
        {
            return;   // what was on the page stays, with the way back
        }

        dataset = await Datasets.FindAsync(Me, Id, Ct);
        if (dataset is null)
        {
            return;
        }

        signal = dataset.Signals.Count > 0 ? await Datasets.SignalAsync(Me, Id, 0, Ct) : null;
        isCalibrated = signal?.Axes.EnumerateArray().Any(axis => axis.GetProperty("unit").GetString() is { Length: > 0 }) ?? true;
        record = await Chronicle.OfImageAsync(Me, Id, Ct);
        isRecorded = await Acquisitions.IsRecordedAsync(Me, Id, Ct);
        results = await Results.ListAsync(Me, null, Id, new PageRequest(0, 20), Ct);
        Follow(dataset.ProjectId);
    }

    private Task ThrowAwayAsync() => DoAsync(async () => isThrownAway = await Trash.ThrowAwayAsync(Me, TrashKind.Dataset, Id, Ct) == Change.Done);

    private Task RestoreAsync() => DoAsync(async () => isThrownAway = await Trash.RestoreAsync(Me, TrashKind.Dataset, Id, Ct) != Change.Done);
}
