using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform;

/// <summary>Runs a query that is already filtered and ordered as one page and a count.</summary>
public static class Paging
{
    public static Task<Page<T>> ToPageAsync<T>(this IQueryable<T> rows, PageRequest page, CancellationToken ct) => rows.ToPageAsync(row => row, page, ct);

    /// <summary>Takes the page first and then looks up what <paramref name="shape"/> shows of each row, so that joins are made for the rows of the page only.</summary>
    public static async Task<Page<T>> ToPageAsync<TRow, T>(this IQueryable<TRow> rows, Expression<Func<TRow, T>> shape, PageRequest page, CancellationToken ct)
    {
        var total = await rows.CountAsync(ct);
        var take = page.Take == 0 ? PageRequest.First.Take : page.Take;   // default(PageRequest) asks for the first page
        var items = total <= page.Skip ? [] : await rows.Skip(page.Skip).Take(take).Select(shape).ToListAsync(ct);
        return new Page<T>(items, total, page.Skip, take);
    }
}
