namespace CryoHub.Web.Tests.Access;

/// <summary>All lines; every slice has its own list.</summary>
public static class RouteTable
{
    public static IReadOnlyList<RouteRule> All { get; } =
    [
        new("GET /", "302 302 302 302 302 302 302 302", _ => "/"),
        .. AccountRoutes.Rules,
        .. LabRoutes.Rules,
        .. ProjectRoutes.Rules,
        .. RecordRoutes.Rules,
        .. JobRoutes.Rules,
    ];
}
