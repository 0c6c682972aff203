using System.Text.Json.Nodes;
using CryoHub.Platform.Jobs;

namespace CryoHub.Web.Features.Jobs;

/// <summary>An analysis to run; parameters that are absent take their defaults.</summary>
public sealed record SubmitJob(Guid ProjectId, string Analysis, IReadOnlyList<JobInputRef>? Inputs, JsonObject? Parameters);
