using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace CryoHub.Platform.Annotations.Imports;

/// <summary>Writes many new shapes by COPY, within the transaction of the context: several times faster than single inserts.</summary>
internal static class ShapeCopy
{
    private const string State = "kind, class_key, label, coordinates, ring_lengths, first_frame, last_frame, confidence, revision, sequence, changed_by, changed_at";

    public static async Task WriteAsync(CryoHubDb db, IReadOnlyList<Shape> shapes, CancellationToken ct)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using (var copy = await connection.BeginBinaryImportAsync($"copy shapes ({State}, id, project_id, layer_id, created_by, created_at, bounds) from stdin (format binary)", ct))
        {
            foreach (var shape in shapes)
            {
                await StateAsync(copy, shape, ct);
                await copy.WriteAsync(shape.Id, NpgsqlDbType.Uuid, ct);
                await copy.WriteAsync(shape.ProjectId, NpgsqlDbType.Uuid, ct);
                await copy.WriteAsync(shape.LayerId, NpgsqlDbType.Uuid, ct);
                await copy.WriteAsync(shape.CreatedBy, NpgsqlDbType.Uuid, ct);
                await copy.WriteAsync(shape.CreatedAt, NpgsqlDbType.TimestampTz, ct);
                await copy.WriteAsync(shape.Bounds, NpgsqlDbType.Box, ct);
            }

            await copy.CompleteAsync(ct);
        }

        await using var states = await connection.BeginBinaryImportAsync($"copy shape_versions ({State}, shape_id, is_deleted) from stdin (format binary)", ct);
        foreach (var shape in shapes)
        {
            await StateAsync(states, shape, ct);
            await states.WriteAsync(shape.Id, NpgsqlDbType.Uuid, ct);
            await states.WriteAsync(false, NpgsqlDbType.Boolean, ct);
        }

        await states.CompleteAsync(ct);
    }

    private static async Task StateAsync(NpgsqlBinaryImporter copy, Shape shape, CancellationToken ct)
    {
        await copy.StartRowAsync(ct);
        await copy.WriteAsync(shape.Kind.ToString(), NpgsqlDbType.Varchar, ct);
        await copy.WriteAsync(shape.ClassKey, NpgsqlDbType.Varchar, ct);
        await copy.WriteAsync(shape.Label, NpgsqlDbType.Varchar, ct);
        await copy.WriteAsync(shape.Coordinates, NpgsqlDbType.Array | NpgsqlDbType.Double, ct);
        await copy.WriteAsync(shape.RingLengths, NpgsqlDbType.Array | NpgsqlDbType.Integer, ct);
        await OrNullAsync(copy, shape.FirstFrame, NpgsqlDbType.Integer, ct);
        await OrNullAsync(copy, shape.LastFrame, NpgsqlDbType.Integer, ct);
        await OrNullAsync(copy, shape.Confidence, NpgsqlDbType.Double, ct);
        await copy.WriteAsync(shape.Revision, NpgsqlDbType.Integer, ct);
        await copy.WriteAsync(shape.Sequence, NpgsqlDbType.Bigint, ct);
        await copy.WriteAsync(shape.ChangedBy, NpgsqlDbType.Uuid, ct);
        await copy.WriteAsync(shape.ChangedAt, NpgsqlDbType.TimestampTz, ct);
    }

    private static Task OrNullAsync<T>(NpgsqlBinaryImporter copy, T? value, NpgsqlDbType type, CancellationToken ct)
        where T : struct =>
        value is { } given ? copy.WriteAsync(given, type, ct) : copy.WriteNullAsync(ct);
}
