using System.Globalization;
using System.Text;
using System.Text.Json;
using CryoHub.Imaging;
using CryoHub.Platform;
using CryoHub.Platform.Datasets;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Worker.Jobs;

/// <summary>Writes what was read into the rows of its data set.</summary>
internal static class IngestedSignals
{
    /// <summary>Enough for search; a full-text vector has a limit of 1 MiB.</summary>
    private const int MaxText = 100_000;

    public static async Task PublishAsync(CryoHubDb db, Guid datasetId, string format, IReadOnlyList<Signal> signals, DateTimeOffset now, CancellationToken ct)
    {
        await db.Signals.Where(s => s.DatasetId == datasetId).ExecuteDeleteAsync(ct);
        db.Signals.AddRange(signals);
        await db.DatasetFiles.Where(f => f.DatasetId == datasetId).ExecuteUpdateAsync(set => set.SetProperty(f => f.VerifiedAt, now).SetProperty(f => f.Damage, ""), ct);
        var dataset = await db.Datasets.SingleAsync(d => d.Id == datasetId, ct);
        var metadata = signals.Select(signal => SignalJson.Header(signal).Metadata).ToList();
        dataset.Status = DatasetStatus.Ready;
        dataset.Problem = "";
        dataset.Format = format;
        dataset.Kind = signals[0].Kind;
        dataset.BeamEnergyKeV = metadata.Select(m => m.BeamEnergyKeV).FirstOrDefault(energy => energy is not null);
        dataset.Elements = [.. metadata.SelectMany(m => m.Elements ?? []).Distinct(StringComparer.Ordinal)];
        dataset.AcquiredAt = metadata.Select(m => Time(m.AcquiredAt)).FirstOrDefault(time => time is not null);
        dataset.MetadataText = Words(signals);
    }

    /// <summary>Instruments write no time zone; the stated time is taken as UTC so that order is kept.</summary>
    private static DateTimeOffset? Time(string? stated) =>
        DateTimeOffset.TryParse(stated, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static string Words(IEnumerable<Signal> signals)
    {
        var text = new StringBuilder();
        foreach (var signal in signals)
        {
            text.Append(signal.Name).Append(' ');
            Collect(signal.Original.RootElement, text);
        }

        return text.ToString().Replace('\0', ' ');
    }

    private static void Collect(JsonElement node, StringBuilder text)
    {
        if (text.Length > MaxText)
        {
            return;
        }

        switch (node.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in node.EnumerateObject())
                {
                    Collect(property.Value, text);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in node.EnumerateArray())
                {
                    Collect(item, text);
                }

                break;
            case JsonValueKind.String when node.GetString() is { Length: > 1 and < 400 } word:
                text.Append(word).Append(' ');
                break;
        }
    }
}
