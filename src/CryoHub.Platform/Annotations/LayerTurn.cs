using CryoHub.Imaging;
using CryoHub.Platform.Messages;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Annotations;

/// <summary>One's turn to change a layer: its row is held until the transaction ends, so that changes are numbered without gap.</summary>
internal sealed class LayerTurn
{
    private readonly CryoHubDb db;
    private readonly Guid userId;
    private readonly DateTimeOffset now;

    private LayerTurn(CryoHubDb db, AnnotationLayer layer, Guid userId, DateTimeOffset now) => (this.db, Layer, this.userId, this.now) = (db, layer, userId, now);

    public AnnotationLayer Layer { get; }

    /// <summary>The layer's row, made by the first who draws.</summary>
    /// <exception cref="ProblemException">Conflict: somebody has locked it.</exception>
    public static async Task<LayerTurn> TakeAsync(CryoHubDb db, Guid userId, Canvas canvas, DateTimeOffset now, CancellationToken ct)
    {
        await LayerLocks.EnsureAsync(db, canvas, ct);
        var layer = (await db.AnnotationLayers.FromSql($"select * from annotation_layers where id = {canvas.LayerId} for update").ToListAsync(ct)).Single();
        await LayerLocks.RequireAsync(db, userId, canvas.LayerId, now, ct);
        return new(db, layer, userId, now);
    }

    /// <summary>A new shape with its first state.</summary>
    public void Add(Guid id, ShapeText text)
    {
        var shape = Make(id, text);
        db.Add(shape);
        db.Add(shape.Version());
    }

    /// <summary>A new shape with its number, not yet written.</summary>
    public Shape Make(Guid id, ShapeText text)
    {
        var shape = new Shape { Id = id, ProjectId = Layer.ProjectId, LayerId = Layer.Id, CreatedBy = userId, CreatedAt = now };
        shape.Set(text);
        Number(shape);
        return shape;
    }

    /// <summary>Gives a changed shape its next number and keeps its state.</summary>
    public void Count(Shape shape)
    {
        Number(shape);
        db.Add(shape.Version());
    }

    public async Task CommitAsync(INews news, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await db.Database.CurrentTransaction!.CommitAsync(ct);
        await news.PublishAsync(new AnnotationChanged(Layer.Id, Layer.Sequence), ct);
    }

    private void Number(Shape shape)
    {
        shape.Revision++;
        shape.Sequence = ++Layer.Sequence;
        (shape.ChangedBy, shape.ChangedAt) = (userId, now);
    }
}
