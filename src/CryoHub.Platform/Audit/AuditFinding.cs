namespace CryoHub.Platform.Audit;

/// <param name="Number">Place in the chain; 0 where it has none.</param>
/// <param name="EntryId">The entry's id; <c>null</c> where not even that is left.</param>
/// <param name="Words">A sentence that names the row.</param>
public sealed record AuditFinding(AuditFault Fault, long Number, long? EntryId, string Words);
