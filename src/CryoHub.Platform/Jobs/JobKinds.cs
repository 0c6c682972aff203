namespace CryoHub.Platform.Jobs;

/// <summary>Keys of what workers can do; stored, never changed.</summary>
public static class JobKinds
{
    public const string Ingest = "ingest";
    public const string Analysis = "analysis";

    /// <summary>A part of an analysis, below its parent.</summary>
    public const string AnalysisPart = "analysis-part";

    /// <summary>A signal written as a file of another format.</summary>
    public const string Export = "export";

    public const string Purge = "purge";
    public const string Fixity = "fixity";
    public const string Reconcile = "reconcile";

    /// <summary>Verifies the audit log and signs the heads of its chains.</summary>
    public const string AuditHeads = "audit-heads";
}
