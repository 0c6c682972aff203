using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CryoHub.Platform;

/// <summary>Gives columns, keys and indexes PostgreSQL's own spelling, so that nobody has to quote.</summary>
internal static partial class SnakeCase
{
    public static void Apply(ModelBuilder builder)
    {
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(IsRowVersion(property) ? "xmin" : Of(property.GetColumnName()));
            }

            foreach (var key in entity.GetKeys().Where(_ => entity.GetTableName() is not null))
            {
                key.SetName(Of(key.GetName()!));
            }

            foreach (var foreignKey in entity.GetForeignKeys().Where(_ => entity.GetTableName() is not null))
            {
                foreignKey.SetConstraintName(Of(foreignKey.GetConstraintName()!));
            }

            foreach (var index in entity.GetIndexes())
            {
                index.SetDatabaseName(Of(index.GetDatabaseName()!));
            }
        }
    }

    private static string Of(string name) => Hump().Replace(name, "$1_$2").ToLowerInvariant();

    // PostgreSQL versions every row by itself, in a system column.
    private static bool IsRowVersion(IMutableProperty property) => property is { IsConcurrencyToken: true, ValueGenerated: ValueGenerated.OnAddOrUpdate };

    [GeneratedRegex("([a-z0-9])([A-Z])")]
    private static partial Regex Hump();
}
