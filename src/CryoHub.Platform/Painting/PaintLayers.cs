using System.Text.RegularExpressions;
using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Annotations;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Messages;
using CryoHub.Platform.Reviews;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Painting;

/// <summary>Which layers a signal has and what their numbers stand for.</summary>
public sealed partial class PaintLayers(IDbContextFactory<CryoHubDb> dbs, INews news, TimeProvider time)
{
    /// <summary>Layers of one signal.</summary>
    public const int MostLayers = 50;

    /// <summary>Labels of one layer.</summary>
    public const int MostLabels = 10_000;

    /// <summary>Voxels along an axis and slices of what can be painted on.</summary>
    public const int LargestEdge = 100_000;

    private const long LargestLabel = (1L << 53) - 1;

    /// <summary>Oldest first; <c>null</c> where the signal cannot be seen.</summary>
    public async Task<IReadOnlyList<PaintLayerRow>?> ListAsync(Guid userId, Guid datasetId, int signalIndex, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await Canvas.FindAsync(db, userId, datasetId, signalIndex, ct) is not { } canvas
            ? null
            : await RowsAsync(db, canvas, db.PaintLayers.OpenTo(db, userId).Where(l => l.DatasetId == datasetId && l.SignalIndex == signalIndex), ct);
    }

    public async Task<PaintLayerRow?> FindAsync(Guid userId, Guid layerId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await PaintPlace.FindAsync(db, userId, layerId, ct) is not { } place ? null : (await RowsAsync(db, place.Canvas, db.PaintLayers.Where(l => l.Id == layerId), ct)).SingleOrDefault();
    }

    /// <summary>A layer with a label for each class of the project. <c>null</c> where the signal cannot be seen.</summary>
    public async Task<Guid?> MakeAsync(Guid userId, Guid datasetId, int signalIndex, string? name, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await Canvas.FindAsync(db, userId, datasetId, signalIndex, ct) is not { } canvas)
        {
            return null;
        }

        canvas.MayDraw();
        var layer = await NewAsync(db, userId, canvas, Required.Name(name), time.GetUtcNow(), ct);
        db.Add(layer);
        await db.SaveChangesAsync(ct);
        await news.PublishAsync(new PaintChanged(canvas.LayerId, layer.Id, 0), ct);
        return layer.Id;
    }

    /// <summary>Whether others may see strokes on the layer while they are drawn; those on parts of reviews are nobody else's.</summary>
    public async Task<bool> IsSharedAsync(Guid userId, Guid layerId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return !await db.ReviewAssignments.AnyAsync(a => a.LayerId == layerId, ct);
    }

    /// <summary>A layer that is not stored yet.</summary>
    /// <exception cref="ProblemException">Invalid: the picture is too large, or the signal has too many layers.</exception>
    internal static async Task<PaintLayer> NewAsync(CryoHubDb db, Guid userId, Canvas canvas, string name, DateTimeOffset now, CancellationToken ct)
    {
        if (canvas.X.Size > LargestEdge || canvas.Y.Size > LargestEdge || canvas.Frames > LargestEdge)
        {
            throw ProblemException.Invalid($"The picture has {canvas.X.Size:N0} × {canvas.Y.Size:N0} pixels on {canvas.Frames:N0} slices; up to {LargestEdge:N0} of each can be painted on.");
        }

        if (await db.PaintLayers.CountAsync(l => l.DatasetId == canvas.DatasetId && l.SignalIndex == canvas.SignalIndex && l.DeletedAt == null, ct) >= MostLayers)
        {
            throw ProblemException.Invalid($"The signal has {MostLayers} layers, which is the limit; delete one first.");
        }

        var layer = new PaintLayer
        {
            Id = Guid.CreateVersion7(),
            ProjectId = canvas.ProjectId,
            DatasetId = canvas.DatasetId,
            SignalIndex = canvas.SignalIndex,
            Name = name,
            Width = checked((int)canvas.X.Size),
            Height = checked((int)canvas.Y.Size),
            Depth = checked((int)canvas.Frames),
            CreatedBy = userId,
            CreatedAt = now,
        };
        var classes = (await Vocabulary.LoadAsync(db, canvas.ProjectId, ct)).All.Where(c => c.MergedInto is null);
        layer.Labels.AddRange(classes.Select((row, i) => new PaintLabel { Value = i + 1, Name = row.Name, ClassKey = row.Key, Colour = row.Colour }));
        return layer;
    }

    /// <summary>Takes a layer away; its strokes stay, and it can be brought back.</summary>
    public Task<Change> DeleteAsync(Guid userId, Guid layerId, CancellationToken ct) => ChangeAsync(
        userId, layerId, isDeleted: false,
        async (db, layer, _) =>
        {
            await ReviewLayers.RequireNoneAsync(db, layerId, ct);
            layer.DeletedAt = time.GetUtcNow();
        },
        ct);

    /// <summary>Brings back a layer that was taken away.</summary>
    public Task<Change> RestoreAsync(Guid userId, Guid layerId, CancellationToken ct) => ChangeAsync(
        userId, layerId, isDeleted: true,
        (_, layer, _) =>
        {
            layer.DeletedAt = null;
            return Task.CompletedTask;
        },
        ct);

    /// <summary>Names a number, or words it anew.</summary>
    public Task<Change> PutLabelAsync(Guid userId, Guid layerId, long value, PaintLabelText text, CancellationToken ct) => ChangeAsync(
        userId, layerId, isDeleted: false,
        async (db, layer, canvas) =>
        {
            if (value is < 1 or > LargestLabel)
            {
                throw ProblemException.Invalid($"{value} is no label; 1 to {LargestLabel} are possible, and 0 is what is not painted.");
            }

            var classes = await Vocabulary.LoadAsync(db, canvas.ProjectId, ct);
            var label = await db.PaintLabels.SingleOrDefaultAsync(l => l.LayerId == layerId && l.Value == value, ct);
            if (label is null)
            {
                if (await db.PaintLabels.CountAsync(l => l.LayerId == layerId, ct) >= MostLabels)
                {
                    throw ProblemException.Invalid($"The layer has {MostLabels:N0} labels, which is the limit.");
                }

                db.Add(label = new PaintLabel { LayerId = layerId, Value = value });
            }

            var key = text.ClassKey ?? "";
            if (key.Length > 0 && classes.Find(key) is null)
            {
                throw ProblemException.Invalid($"“{key}” is no class of this project.");
            }

            var colour = string.IsNullOrEmpty(text.Colour) ? classes.Find(key)?.Colour ?? "#E8EDF1" : text.Colour;
            if (!ColourForm().IsMatch(colour))
            {
                throw ProblemException.Invalid($"“{colour}” is no colour; it is written #RRGGBB.");
            }

            (label.Name, label.ClassKey, label.Colour, label.IsLocked) = (Required.Name(text.Name), key, colour, text.IsLocked);
        },
        ct);

    private async Task<Change> ChangeAsync(Guid userId, Guid layerId, bool isDeleted, Func<CryoHubDb, PaintLayer, Canvas, Task> change, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await PaintPlace.FindAsync(db, userId, layerId, isDeleted, ct) is not { } place)
        {
            return Change.Absent;
        }

        place.Canvas.MayDraw();
        await LayerLocks.RequireAsync(db, userId, place.Canvas.LayerId, time.GetUtcNow(), ct);
        var layer = (await db.PaintLayers.FromSql($"select * from paint_layers where id = {layerId} for update").ToListAsync(ct)).Single();
        layer.RequireNoTruth();
        await ReviewLayers.RequireOpenAsync(db, userId, layerId, ct);
        await change(db, layer, place.Canvas);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await news.PublishAsync(new PaintChanged(place.Canvas.LayerId, layerId, layer.Sequence), ct);
        return Change.Done;
    }

    private static async Task<IReadOnlyList<PaintLayerRow>> RowsAsync(CryoHubDb db, Canvas canvas, IQueryable<PaintLayer> layers, CancellationToken ct)
    {
        var rows = await layers.Where(l => l.DeletedAt == null).OrderBy(l => l.CreatedAt).ThenBy(l => l.Id).AsNoTracking().Include(l => l.Labels)
            .Select(l => new
            {
                Layer = l,
                By = db.Users.Where(u => u.Id == l.CreatedBy).Select(u => u.DisplayName).FirstOrDefault(),
                TruthBy = db.Users.Where(u => u.Id == l.TruthBy).Select(u => u.DisplayName).FirstOrDefault(),
            })
            .ToListAsync(ct);
        return
        [
            .. rows.Select(row => new PaintLayerRow(
                row.Layer.Id, row.Layer.DatasetId, row.Layer.SignalIndex, row.Layer.Name, row.Layer.Width, row.Layer.Height, row.Layer.Depth, row.Layer.Grid.Block, row.Layer.Sequence, row.Layer.GroundSequence, row.By ?? "", row.Layer.CreatedAt,
                [.. row.Layer.Labels.OrderBy(l => l.Value).Select(l => new PaintLabelRow(l.Value, l.Name, l.ClassKey, l.Colour, l.IsLocked))],
                row.Layer.TruthAt is { } at ? new TruthMark(row.TruthBy ?? "", at) : null, canvas.Role >= ProjectRole.Manager)),
        ];
    }

    [GeneratedRegex("^#[0-9A-Fa-f]{6}$")]
    private static partial Regex ColourForm();
}
