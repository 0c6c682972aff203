namespace CryoHub.Platform.Audit;

/// <param name="Chain">The lab; the empty id for what belongs to no lab.</param>
/// <param name="Entries">Entries that were read.</param>
/// <param name="SignedUpTo">The newest entry that a signed head vouches for; 0 where none does.</param>
/// <param name="SignedAt">When that head was signed.</param>
/// <param name="Findings">At most <see cref="AuditVerification.MostFindings"/>, in the order of the chain.</param>
/// <param name="Faults">All of them.</param>
public sealed record AuditVerdict(Guid Chain, long Entries, long SignedUpTo, DateTimeOffset? SignedAt, IReadOnlyList<AuditFinding> Findings, long Faults)
{
    public bool IsWhole => Faults == 0;
}
