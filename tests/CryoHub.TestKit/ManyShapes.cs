using CryoHub.Platform;
using CryoHub.Platform.Annotations;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.TestKit;

/// <summary>Layers with more shapes than anybody draws in a test: squares in rows, each with its number as label, written by one statement.</summary>
public static class ManyShapes
{
    /// <summary>Square i lies at ((i mod <paramref name="columns"/>) · <paramref name="step"/>, (i / columns) · step), half a step wide; every second is a crystallite, the others have no class.</summary>
    public static async Task DrawAsync(CryoHubDb db, Guid userId, Guid datasetId, int count, int columns, double step, CancellationToken ct)
    {
        var layer = AnnotationLayer.IdOf(datasetId, 0);
        var project = await db.Datasets.Where(d => d.Id == datasetId).Select(d => d.ProjectId).SingleAsync(ct);
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into annotation_layers (id, project_id, dataset_id, signal_index, sequence) values ({layer}, {project}, {datasetId}, 0, {count});
            insert into shapes (id, project_id, layer_id, revision, sequence, kind, class_key, label, coordinates, ring_lengths, bounds, created_by, created_at, changed_by, changed_at)
            select gen_random_uuid(), {project}, {layer}, 1, i + 1, 'Polygon', case when i % 2 = 0 then 'crystallite' else '' end, i::text,
                array[x, y, x + w, y, x + w, y + w, x, y + w], array[8], box(point(x, y), point(x + w, y + w)), {userId}, now(), {userId}, now()
            from (select i, (i % {columns}) * {step} as x, (i / {columns}) * {step} as y, {step} / 2 as w from generate_series(0, {count} - 1) as i) squares;
            """,
            ct);
    }
}
