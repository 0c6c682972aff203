using CryoHub.Platform;

namespace CryoHub.Web;

/// <summary>The paging of every list: <c>?skip=0&amp;take=50</c>.</summary>
public readonly record struct PageQuery(int? Skip, int? Take)
{
    public static implicit operator PageRequest(PageQuery query) => new(query.Skip, query.Take);
}
