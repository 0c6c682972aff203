namespace CryoHub.Web.Tests.Access;

/// <summary>All lines; every slice has its own list.</summary>
public static class RouteTable
{
    public static IReadOnlyList<RouteRule> All { get; } =
    [
        .. AccountRoutes.Rules,
        .. LabRoutes.Rules,
        .. ProjectRoutes.Rules,
        .. RecordRoutes.Rules,
        .. CustodyRoutes.Rules,
        .. LimitRoutes.Rules,
        .. FacilityRoutes.Rules,
        .. JobRoutes.Rules,
    ];
}
