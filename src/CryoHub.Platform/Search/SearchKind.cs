namespace CryoHub.Platform.Search;

/// <summary>What was found.</summary>
public enum SearchKind { Project, Sample, Session, Dataset }
