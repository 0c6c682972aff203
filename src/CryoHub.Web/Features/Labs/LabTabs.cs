using CryoHub.Platform.Labs;
using CryoHub.Web.Components;

namespace CryoHub.Web.Features.Labs;

/// <summary>The pages of a lab, as tabs of each of them.</summary>
internal static class LabTabs
{
    public const string Members = "", Today = "today", Calendar = "calendar", Instruments = "instruments", Usage = "reports", Storage = "storage", Shipments = "shipments",
        Failures = "failures", Spectra = "spectra", Labels = "labels", Templates = "templates", Limits = "limits", Audit = "audit";

    private static readonly (string Name, string Page, LabRole Least)[] Pages =
    [
        ("Members", Members, LabRole.Viewer), ("Today", Today, LabRole.Manager), ("Calendar", Calendar, LabRole.Viewer), ("Instruments", Instruments, LabRole.Viewer), ("Usage", Usage, LabRole.Manager),
        ("Storage", Storage, LabRole.Viewer), ("Shipments", Shipments, LabRole.Viewer), ("Failures", Failures, LabRole.Viewer), ("Spectra", Spectra, LabRole.Viewer), ("Labels", Labels, LabRole.Viewer),
        ("Templates", Templates, LabRole.Viewer), ("Limits", Limits, LabRole.Viewer), ("Audit", Audit, LabRole.Manager),
    ];

    public static IReadOnlyList<PageTab> Of(Guid lab, LabRole role, string current) =>
        [.. Pages.Where(page => role >= page.Least).Select(page => new PageTab(page.Name, page.Page.Length > 0 ? $"labs/{lab}/{page.Page}" : $"labs/{lab}", page.Page == current))];
}
