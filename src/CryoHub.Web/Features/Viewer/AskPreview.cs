using System.Text.Json.Nodes;
using CryoHub.Platform.Jobs;

namespace CryoHub.Web.Features.Viewer;

/// <summary>An analysis to run at once for a page; a newer question of the same page ends this one.</summary>
public sealed record AskPreview(string Analysis, IReadOnlyList<JobInputRef>? Inputs, JsonObject? Parameters, string? PageId);
