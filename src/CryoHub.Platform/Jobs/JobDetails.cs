using System.Text.Json;

namespace CryoHub.Platform.Jobs;

/// <summary>All of a job that a person may know.</summary>
/// <param name="Parts">Into how many parts it was cut; 1 for one piece. A job in parts is taken once to be cut and once to be joined.</param>
public sealed record JobDetails(JobRow Job, int AnalysisVersion, JsonElement Parameters, IReadOnlyList<JobInputRow> Inputs, int Attempts, int Crashes, string SoftwareVersion, int Parts);
