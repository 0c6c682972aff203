using CryoHub.Imaging;
using CryoHub.Imaging.Labels;
using CryoHub.Platform.Access;
using CryoHub.Platform.Annotations;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Messages;
using CryoHub.Platform.Reviews;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Painting;

/// <summary>
/// Every act on a layer: one at a time takes the next number, what is sent twice happens once, and everybody undoes their own. Blocks are worked out when
/// somebody looks at them, from the acts and their order alone.
/// </summary>
public sealed class Painter(IDbContextFactory<CryoHubDb> dbs, INews news, TimeProvider time)
{
    /// <summary>The newest acts of a layer that stay undoable, however many there are.</summary>
    public const int KeptUndoable = 1000;

    /// <summary>Its place in the order; <c>null</c> where the layer cannot be seen.</summary>
    /// <exception cref="ProblemException">Invalid, Forbidden or Conflict, with the reason.</exception>
    public async Task<PaintDone?> ActAsync(Guid userId, Guid layerId, PaintText text, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await PaintPlace.FindAsync(db, userId, layerId, ct) is not { } place)
        {
            return null;
        }

        place.Canvas.MayDraw();
        Check(text, place);
        await LayerLocks.RequireAsync(db, userId, place.Canvas.LayerId, time.GetUtcNow(), ct);
        var layer = (await db.PaintLayers.FromSql($"select * from paint_layers where id = {layerId} for update").ToListAsync(ct)).Single();
        if (await db.PaintStrokes.AsNoTracking().Where(s => s.Id == text.Id).Select(s => new { s.LayerId, s.Sequence, s.PaintedBy }).SingleOrDefaultAsync(ct) is { } known)
        {
            return known.LayerId == layerId && known.PaintedBy == userId ? new(known.Sequence) : throw new ProblemException(ProblemKind.Conflict, "Another stroke has this id.");
        }

        layer.RequireNoTruth();
        await ReviewLayers.RequireOpenAsync(db, userId, layerId, ct);
        layer.Sequence++;
        var made = text.Act == PaintAct.Paint ? await PaintedAsync(db, userId, layer, text, ct) : await TurnedAsync(db, userId, layer, text, ct);
        db.Add(made);
        await SettleAsync(db, layer, ct);
        await db.SaveChangesAsync(ct);
        await TouchAsync(db, layer, made, ct);
        await transaction.CommitAsync(ct);
        await news.PublishAsync(new PaintChanged(place.Canvas.LayerId, layerId, layer.Sequence), ct);
        return new(layer.Sequence);
    }

    private static void Check(PaintText text, PaintPlace place)
    {
        if (text.Id == Guid.Empty || !Enum.IsDefined(text.Act) || text.Act == PaintAct.Paint != text.Stroke is not null || text.Act == PaintAct.Paint == text.Target is not null)
        {
            throw ProblemException.Invalid("An act has an id and is a stroke, or the undoing or redoing of one by its number.");
        }

        if (text.Stroke is { } stroke)
        {
            StrokeRules.Check(stroke, place.Layer.Width, place.Layer.Height, place.Layer.Depth);
            if (stroke.Grey is not null && place.Canvas.IsScan)
            {
                throw ProblemException.Invalid("Pixels of a scan are spectra or patterns; a range of grey values says nothing of them.");
            }
        }
    }

    private async Task<PaintStroke> PaintedAsync(CryoHubDb db, Guid userId, PaintLayer layer, PaintText text, CancellationToken ct)
    {
        var stroke = text.Stroke!;
        var labels = await db.PaintLabels.AsNoTracking().Where(l => l.LayerId == layer.Id).ToListAsync(ct);
        var label = labels.Find(l => (ulong)l.Value == stroke.Label);
        if (stroke.Label != 0 && label is null)
        {
            throw ProblemException.Invalid($"The layer has no label {stroke.Label}; it has {string.Join(", ", labels.Select(l => l.Value).Order().Take(20))}.");
        }

        if (label is { IsLocked: true })
        {
            throw new ProblemException(ProblemKind.Conflict, $"“{label.Name}” is locked.");
        }

        // Locks count as they are when the stroke takes its place, so they are part of it.
        var locked = labels.Where(l => l.IsLocked).Select(l => (ulong)l.Value).Union(stroke.Locked ?? []).Order().ToList();
        var (left, top, first, right, bottom, last) = layer.Grid.ExtentOf(stroke);
        return new PaintStroke
        {
            LayerId = layer.Id,
            Sequence = layer.Sequence,
            Id = text.Id,
            Act = PaintAct.Paint,
            Content = PaintJson.Write(stroke with { Locked = locked.Count > 0 ? locked : null }),
            PaintedBy = userId,
            PaintedAt = time.GetUtcNow(),
            Left = left,
            Top = top,
            First = first,
            Right = right,
            Bottom = bottom,
            Last = last,
        };
    }

    private async Task<PaintStroke> TurnedAsync(CryoHubDb db, Guid userId, PaintLayer layer, PaintText text, CancellationToken ct)
    {
        var target = await db.PaintStrokes.SingleOrDefaultAsync(s => s.LayerId == layer.Id && s.Sequence == text.Target && s.Act == PaintAct.Paint, ct)
            ?? throw ProblemException.Invalid($"The layer has no stroke {text.Target}.");
        if (target.PaintedBy != userId)
        {
            throw new ProblemException(ProblemKind.Forbidden, "Somebody else painted this stroke; everybody undoes their own.");
        }

        if (target.Sequence <= layer.GroundSequence)
        {
            throw new ProblemException(ProblemKind.Conflict, $"The last {KeptUndoable:N0} strokes of a layer can be undone; this one is older. Paint over it.");
        }

        if (target.IsUndone == (text.Act == PaintAct.Undo))
        {
            throw new ProblemException(ProblemKind.Conflict, target.IsUndone ? "The stroke is undone already." : "The stroke is not undone.");
        }

        target.IsUndone = text.Act == PaintAct.Undo;
        return new PaintStroke
        {
            LayerId = layer.Id,
            Sequence = layer.Sequence,
            Id = text.Id,
            Act = text.Act,
            Target = text.Target,
            PaintedBy = userId,
            PaintedAt = time.GetUtcNow(),
            Left = target.Left,
            Top = target.Top,
            First = target.First,
            Right = target.Right,
            Bottom = target.Bottom,
            Last = target.Last,
        };
    }

    /// <summary>
    /// Moves the ground up once twice as many acts are kept as need be: to a number that no later act reaches behind, so blocks can be stored as they are there.
    /// </summary>
    private static async Task SettleAsync(CryoHubDb db, PaintLayer layer, CancellationToken ct)
    {
        if (layer.Sequence - layer.GroundSequence < 2 * KeptUndoable)
        {
            return;
        }

        var turned = await db.PaintStrokes.Where(s => s.LayerId == layer.Id && s.Sequence > layer.GroundSequence && s.Target != null).Select(s => new { s.Sequence, Target = s.Target!.Value }).ToListAsync(ct);
        var ground = layer.Sequence - KeptUndoable;
        while (turned.Where(act => act.Sequence > ground && act.Target <= ground).Select(act => (long?)act.Target).Min() is { } reached)
        {
            ground = reached - 1;
        }

        layer.GroundSequence = Math.Max(layer.GroundSequence, ground);
    }

    private static Task TouchAsync(CryoHubDb db, PaintLayer layer, PaintStroke stroke, CancellationToken ct)
    {
        var edge = layer.Grid.Block;
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into paint_blocks (layer_id, z, y, x, sequence, ground_sequence)
            select {layer.Id}, z, y, x, {stroke.Sequence}, 0
            from generate_series({stroke.First}, {stroke.Last}) z, generate_series({stroke.Top / edge}, {stroke.Bottom / edge}) y, generate_series({stroke.Left / edge}, {stroke.Right / edge}) x
            on conflict (layer_id, z, y, x) do update set sequence = excluded.sequence
            """,
            ct);
    }
}
