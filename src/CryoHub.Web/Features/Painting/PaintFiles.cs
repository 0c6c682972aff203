using CryoHub.Analyses;
using CryoHub.Formats.Tiff.Ome;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Painting;

namespace CryoHub.Web.Features.Painting;

/// <summary>Painted labels as files: what analyses measure, compare and learn from.</summary>
internal sealed class PaintFiles(PaintLayers layers, PaintBlocks blocks, DatasetCatalog datasets, GivenFiles files)
{
    /// <summary>The labels as they are now; <c>null</c> where the layer cannot be seen.</summary>
    public async Task<PaintSignal?> OpenAsync(Guid userId, Guid layerId, CancellationToken ct) =>
        await layers.FindAsync(userId, layerId, ct) is { } layer && await datasets.HeaderAsync(userId, layer.DatasetId, layer.SignalIndex, ct) is { } picture
            ? PaintSignal.Of(blocks, userId, layer, picture.Axes)
            : null;

    /// <summary>A data set of the project with the labels as they are now; its id, or <c>null</c> where the layer cannot be seen.</summary>
    /// <param name="id">Chosen by the sender, the same when it is sent again.</param>
    public async Task<Guid?> KeepAsync(Guid userId, Guid layerId, Guid id, CancellationToken ct)
    {
        if (await layers.FindAsync(userId, layerId, ct) is not { } layer || await datasets.FindAsync(userId, layer.DatasetId, ct) is not { } dataset || await OpenAsync(userId, layerId, ct) is not { } labels)
        {
            return null;
        }

        await using var file = Scratch.File(1 << 16);
        await new OmeTiffWriter().WriteAsync(labels, file, ct);
        file.Position = 0;
        return await files.KeepAsync(userId, dataset.ProjectId, dataset.SampleId, id, $"{NameOf(dataset.Name)}, {NameOf(layer.Name)}.ome.tif", file, ct);
    }

    private static string NameOf(string name) => string.Concat(name.Select(letter => letter is '/' or '\\' || char.IsControl(letter) ? '-' : letter))[..Math.Min(name.Length, 80)].TrimEnd('.', ' ');
}
