using CryoHub.Formats;
using CryoHub.Imaging;
using CryoHub.Platform.Jobs;

namespace CryoHub.Web.Features.Exports;

/// <summary>Compares what a person asks for with the writers there are; no file is opened here.</summary>
public sealed class ExportDesk(Platform.Jobs.Exports exports)
{
    /// <summary>Every format, those that can hold the signal first, the others with the reason; <c>null</c> where it is not the person's to see.</summary>
    public async Task<IReadOnlyList<ExportFormat>?> FormatsAsync(Guid userId, Guid datasetId, int index, CancellationToken ct) =>
        await exports.HeaderAsync(userId, datasetId, index, ct) is { } header
            ? [.. FormatCatalog.Writers.Select(writer => new ExportFormat(writer.Extension, writer.Writes, writer.Refusal(header))).OrderBy(format => format.Refusal is not null)]
            : null;

    /// <exception cref="ProblemException">No such format, or one that cannot hold this signal.</exception>
    public async Task<Submitted?> SubmitAsync(Guid userId, Guid datasetId, int index, string format, CancellationToken ct)
    {
        if (await exports.HeaderAsync(userId, datasetId, index, ct) is not { } header)
        {
            return null;
        }

        var writer = FormatCatalog.Writers.FirstOrDefault(known => known.Extension == format)
            ?? throw ProblemException.Invalid($"There is no format \"{format}\" to export to; there are {string.Join(", ", FormatCatalog.Writers.Select(known => known.Extension))}.");
        return writer.Refusal(header) is { } refusal ? throw ProblemException.Invalid(refusal) : await exports.SubmitAsync(userId, datasetId, index, format, ct);
    }
}
