using CryoHub.Platform.Labs;
using CryoHub.Web.Components;

namespace CryoHub.Web.Features.Labs;

/// <summary>The pages of a lab, as tabs of each of them.</summary>
internal static class LabTabs
{
    public const string Members = "", Calendar = "calendar", Instruments = "instruments", Usage = "reports", Storage = "storage", Shipments = "shipments", Failures = "failures", Spectra = "spectra", Labels = "labels", Limits = "limits", Audit = "audit";

    /// <param name="lab">Its id.</param>
    /// <param name="role">Only managers and owners see the audit log.</param>
    /// <param name="current">The page that is shown.</param>
    public static IReadOnlyList<PageTab> Of(Guid lab, LabRole role, string current)
    {
        List<(string Name, string Page)> pages =
        [
            ("Members", Members), ("Calendar", Calendar), ("Instruments", Instruments), ("Usage", Usage), ("Storage", Storage), ("Shipments", Shipments), ("Failures", Failures), ("Spectra", Spectra), ("Labels", Labels), ("Limits", Limits),
            .. role >= LabRole.Manager ? [("Audit", Audit)] : Array.Empty<(string, string)>(),
        ];
        return [.. pages.Select(page => new PageTab(page.Name, page.Page.Length > 0 ? $"labs/{lab}/{page.Page}" : $"labs/{lab}", page.Page == current))];
    }
}
