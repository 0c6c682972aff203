namespace CryoHub.Platform.Trash;

/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="ProjectId">The project it belongs to, or itself.</param>
/// <param name="ProjectName">Of that project.</param>
/// <param name="DeletedAt">When it was put here.</param>
/// <param name="PurgedAt">From when on it is gone for good.</param>
public sealed record TrashRow(TrashKind Kind, Guid Id, string Name, Guid ProjectId, string ProjectName, DateTimeOffset DeletedAt, DateTimeOffset PurgedAt);
