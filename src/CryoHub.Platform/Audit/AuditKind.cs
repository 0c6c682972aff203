namespace CryoHub.Platform.Audit;

/// <summary>Records whose history people can read.</summary>
public enum AuditKind { Project, Sample, Session, Dataset, Step }
