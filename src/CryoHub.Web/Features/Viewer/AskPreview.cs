using System.Text.Json.Nodes;
using CryoHub.Platform.Jobs;

namespace CryoHub.Web.Features.Viewer;

/// <summary>An analysis to run at once for a page; a newer question of the same page ends this one.</summary>
/// <param name="Turn">Counted by the page, as two questions may arrive in another order; without it the one that arrives last is the newest.</param>
public sealed record AskPreview(string Analysis, IReadOnlyList<JobInputRef>? Inputs, JsonObject? Parameters, string? PageId, long Turn = 0);
