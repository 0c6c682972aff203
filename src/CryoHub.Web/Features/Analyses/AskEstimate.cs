using System.Text.Json.Nodes;
using CryoHub.Platform.Jobs;

namespace CryoHub.Web.Features.Analyses;

/// <summary>A run that somebody thinks of; parameters that are absent take their defaults.</summary>
public sealed record AskEstimate(Guid ProjectId, IReadOnlyList<JobInputRef>? Inputs, JsonObject? Parameters);
