using System.Text.Json;

namespace CryoHub.Platform.Jobs;

/// <summary>All of a job that a person may know.</summary>
public sealed record JobDetails(JobRow Job, int AnalysisVersion, JsonElement Parameters, IReadOnlyList<JobInputRow> Inputs, int Attempts, int Crashes, string SoftwareVersion);
