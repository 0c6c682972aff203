namespace CryoHub.Platform.Custody;

/// <summary>A lab that one may send things to.</summary>
public sealed record KnownLab(Guid Id, string Name, bool IsOwn);
