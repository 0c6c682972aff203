using System.Globalization;
using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Quantities;
using CryoHub.Platform.Steps;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Ledgers;

/// <summary>The acquisition that a data set's own file tells of, as far as it does, for a person to complete and record.</summary>
public sealed class FileAcquisition(IDbContextFactory<CryoHubDb> dbs, DatasetCatalog datasets)
{
    /// <summary><c>null</c> where the data set cannot be seen or has no signal.</summary>
    public async Task<StepText?> DraftAsync(Guid userId, Guid datasetId, CancellationToken ct) =>
        await datasets.FindAsync(userId, datasetId, ct) is { } dataset && await datasets.HeaderAsync(userId, datasetId, 0, ct) is { } header
            ? new StepText(
                StepKinds.Acquisition, dataset.AcquiredAt ?? dataset.CreatedAt, Device: header.Metadata.Instrument, Values: Values(header),
                Subjects: dataset.SampleId is { } sample ? [sample] : [], Datasets: [datasetId])
            : null;

    /// <summary>True where an acquisition names this data set already.</summary>
    public async Task<bool> IsRecordedAsync(Guid userId, Guid datasetId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Datasets.VisibleTo(userId).AnyAsync(
            d => d.Id == datasetId && db.StepDatasets.Any(l => l.DatasetId == datasetId && l.Step.Kind == StepKinds.Acquisition && l.Step.DeletedAt == null), ct);
    }

    /// <summary>Only what the file states: a mode where the kind of signal leaves no choice, lengths where the axes are calibrated.</summary>
    internal static IReadOnlyDictionary<string, string> Values(SignalHeader header)
    {
        var values = new Dictionary<string, string>();
        if (Mode(header.Kind) is { } mode)
        {
            values["mode"] = mode;
        }

        Add("exposure", header.Metadata.ExposureS, "s");
        Add("fluence", header.Metadata.FluenceEPerA2, "e/Å²");
        if (header.Axes.LastOrDefault(axis => axis.Role == AxisRole.Space && axis.Name == "x") is { Step: > 0 and { } step } x && Units.Find(x.Unit, Dimension.Length) is { Dimension: Dimension.Length })
        {
            Add("field-width", step * x.Size, x.Unit);
            Add("pixel-size", step, x.Unit);
        }

        return values;

        void Add(string key, double? value, string unit)
        {
            if (value is { } number && double.IsFinite(number))
            {
                values[key] = string.Create(CultureInfo.InvariantCulture, $"{number:G6} {unit}");
            }
        }
    }

    private static string? Mode(SignalKind kind) => kind switch
    {
        SignalKind.TiltSeries => "tilt series",
        SignalKind.EbsdMap => "EBSD",
        SignalKind.Diffraction => "SAED",
        _ => null,
    };
}
