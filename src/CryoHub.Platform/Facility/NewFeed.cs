namespace CryoHub.Platform.Facility;

/// <param name="Code">Shown once.</param>
public sealed record NewFeed(Guid Id, string Code);
