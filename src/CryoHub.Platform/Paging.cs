using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform;

/// <summary>Runs a query that is already filtered and ordered as one page and a count.</summary>
public static class Paging
{
    public static async Task<Page<T>> ToPageAsync<T>(this IQueryable<T> rows, PageRequest page, CancellationToken ct)
    {
        var total = await rows.CountAsync(ct);
        var take = page.Take == 0 ? PageRequest.First.Take : page.Take;   // default(PageRequest) asks for the first page
        var items = total <= page.Skip ? [] : await rows.Skip(page.Skip).Take(take).ToListAsync(ct);
        return new Page<T>(items, total, page.Skip, take);
    }
}
