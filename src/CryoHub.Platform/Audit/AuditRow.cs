using System.Text.Json;

namespace CryoHub.Platform.Audit;

/// <param name="At">When.</param>
/// <param name="Who">The person's name; empty for the platform's own work.</param>
/// <param name="Origin">From which network address; shown to those who manage the record only.</param>
/// <param name="Table">Which kind of record: the item's own, or one that belongs to it.</param>
/// <param name="Action">insert, update or delete.</param>
/// <param name="Before">The changed fields as they were.</param>
/// <param name="After">The changed fields as they became.</param>
public sealed record AuditRow(DateTimeOffset At, string Who, string Origin, string Table, string Action, JsonElement Before, JsonElement After);
