namespace CryoHub.Platform.Trash;

/// <summary>What can be put into the trash.</summary>
public enum TrashKind { Project, Sample, Session, Dataset, Step }
