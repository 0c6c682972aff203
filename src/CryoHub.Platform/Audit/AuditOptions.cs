namespace CryoHub.Platform.Audit;

/// <summary>Section <c>Audit</c>.</summary>
public sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>
    /// Private key (PEM, P-256) that signs the heads of the chains. Where empty, one is made at first use and kept in the object store; then whoever can write
    /// both database and object store can forge.
    /// </summary>
    public string SigningKey { get; set; } = "";
}
