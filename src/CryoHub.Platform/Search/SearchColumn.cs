using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace CryoHub.Platform.Search;

/// <summary>The indexed words of a row, kept by the database. Words end at anything that is neither letter nor digit: <c>HAADF_01.dm3</c> is found by <c>haadf</c>.</summary>
internal static class SearchColumn
{
    /// <param name="entity">The entity that has the column.</param>
    /// <param name="column">The property that holds it.</param>
    /// <param name="columns">The text columns it is made of, in SQL spelling.</param>
    public static void HasSearch<T>(this EntityTypeBuilder<T> entity, Expression<Func<T, NpgsqlTsVector>> column, params string[] columns)
        where T : class
    {
        entity.Property(column).HasComputedColumnSql(
            $"to_tsvector('simple', regexp_replace({string.Join(" || ' ' || ", columns)}, '[^[:alnum:]]+', ' ', 'g'))", stored: true);
        entity.HasIndex([((MemberExpression)column.Body).Member.Name]).HasMethod("GIN");
    }
}
