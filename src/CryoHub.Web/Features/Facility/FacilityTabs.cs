using CryoHub.Web.Components;

namespace CryoHub.Web.Features.Facility;

/// <summary>The sections of a lab's facility.</summary>
internal static class FacilityTabs
{
    private static readonly (string Name, string Path)[] Sections = [("Today", "today"), ("Calendar", "calendar"), ("Instruments", "instruments"), ("Storage", "storage"), ("Shipments", "shipments"), ("Failures", "failures"), ("Usage", "reports")];

    public static IReadOnlyList<PageTab> Of(Guid labId, string current) => [.. Sections.Select(tab => new PageTab(tab.Name, $"labs/{labId}/{tab.Path}", tab.Path == current))];
}
