namespace CryoHub.Platform.Messages;

/// <summary>A review of a project was given out, handed in, compared or closed; whoever shows it asks again.</summary>
public sealed record ReviewsChanged(Guid ProjectId);
