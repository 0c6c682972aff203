using CryoHub.Imaging.Shapes;
using CryoHub.Imaging.Shapes.Files;
using CryoHub.Platform.Audit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Annotations;

/// <summary>All shapes of a signal as other programs read them.</summary>
public sealed class ShapeExports(IDbContextFactory<CryoHubDb> dbs)
{
    /// <summary>By the name of the file; <c>null</c> where the signal cannot be seen or nobody writes such a file.</summary>
    public async Task<ShapeExport?> WriteAsync(Guid userId, Guid datasetId, int signalIndex, string fileName, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (ShapeFileWriters.All.FirstOrDefault(one => one.FileName == fileName) is not { } writer || await Canvas.FindAsync(db, userId, datasetId, signalIndex, ct) is not { } canvas)
        {
            return null;
        }

        var classes = await Vocabulary.LoadAsync(db, canvas.ProjectId, ct);
        var shapes = new List<ShapeFeature>();
        await foreach (var shape in db.Shapes.AsNoTracking().Where(s => s.LayerId == canvas.LayerId && s.DeletedAt == null).OrderBy(s => s.Sequence).AsAsyncEnumerable().WithCancellation(ct))
        {
            var key = classes.Resolve(shape.ClassKey);
            shapes.Add(new(shape.Geometry(), key, shape.Label, shape.FirstFrame, shape.LastFrame, shape.Confidence, classes.Find(key)?.Colour ?? ""));
        }

        using var bytes = new MemoryStream();
        writer.Write(bytes, shapes, canvas.Picture);
        return new(bytes.ToArray(), writer.FileName, writer.MediaType);
    }
}
