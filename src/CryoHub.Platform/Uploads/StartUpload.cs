namespace CryoHub.Platform.Uploads;

/// <summary>One file of a drop is announced. <paramref name="Siblings"/> are the paths of the other files of the drop, those of its own folder at least.</summary>
public sealed record StartUpload(Guid ProjectId, Guid? SampleId, Guid? SessionId, Guid DropId, string Path, long Size, IReadOnlyList<string>? Siblings);
