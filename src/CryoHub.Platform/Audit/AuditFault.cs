namespace CryoHub.Platform.Audit;

/// <summary>What is wrong with a row of the audit log.</summary>
public enum AuditFault
{
    /// <summary>The entry does not say any more what it said when it was written.</summary>
    Edited,

    /// <summary>The entry is gone.</summary>
    Removed,

    /// <summary>The entry is whole, but stands at another place than it did.</summary>
    Reordered,

    /// <summary>The entry was put in past the chain.</summary>
    Inserted,

    /// <summary>The chain is not the one that was signed.</summary>
    Rewritten,
}
