using System.Text.Json;

namespace CryoHub.Platform.Audit;

/// <param name="Number">Its place in the lab's chain.</param>
/// <param name="Record">The record's table and id.</param>
public sealed record LabAuditRow(long Number, DateTimeOffset At, string Who, string Origin, string Table, string Record, string Action, JsonElement Before, JsonElement After);
