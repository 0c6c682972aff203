namespace CryoHub.Platform.Messages;

/// <summary>A right has changed or ended: circuits, hub groups, uploads and cached rights of the person end within 5 s. Without a project it concerns all of them.</summary>
public sealed record AccessChanged(Guid UserId, Guid? ProjectId);
